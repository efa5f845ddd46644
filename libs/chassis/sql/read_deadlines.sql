-- The streams whose next deadline has passed, on the partitions that $1 holds the lease of, $2 at most.
SELECT states.stream, states.partition, states.due
FROM states
JOIN cursors
    ON cursors.partition = states.partition
    AND cursors.holder = $1
WHERE states.due < clock_timestamp()
  AND NOT EXISTS (SELECT FROM parked WHERE parked.stream = states.stream)
ORDER BY states.due
LIMIT $2
