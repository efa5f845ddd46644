-- What entries of one partition ($1: a prefix of their ids) tell others and nobody has taken yet.
SELECT partition, key, due, stream, type, data, occurred, causationid, correlationid, authid, authtype, traceparent
FROM agenda
WHERE causationid LIKE $1
