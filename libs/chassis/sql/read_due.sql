-- What is due now on the partitions that $1 holds the lease of, the longest waiting first, $2 at most. What tells of an
-- entry waits until that entry is on the topic: a restore can lose only what nobody else can have heard of.
SELECT agenda.partition, agenda.key, agenda.stream, agenda.type, agenda.data, agenda.occurred, agenda.causationid,
    agenda.correlationid, agenda.authid, agenda.authtype, agenda.traceparent
FROM agenda
JOIN cursors AS own
    ON own.partition = agenda.partition
    AND own.holder = $1
JOIN cursors AS cause
    ON cause.partition = split_part(agenda.causationid, '/', 2)::smallint
    AND cause.position >= split_part(agenda.causationid, '/', 3)::bigint
WHERE agenda.due <= now()
  AND NOT EXISTS (SELECT FROM parked WHERE parked.stream = agenda.stream)
ORDER BY agenda.due, agenda.turn
LIMIT $2
