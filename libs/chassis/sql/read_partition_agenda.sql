-- What entries of one partition ($1: a prefix of their ids) tell others and nobody has taken yet.
SELECT partition, key, due, stream, type, data, occurred, causationid, correlationid, traceparent, authid, authtype,
    authrole, authparty, authpartyissuer, authplaces
FROM agenda
WHERE causationid LIKE $1
