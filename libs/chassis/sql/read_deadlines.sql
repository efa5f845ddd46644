-- The streams whose next deadline has passed, on the partitions $2 that $1 holds the lease of, but for the streams $3;
-- $4 of a partition at most, and of all partitions the oldest ones first. The clock is read once, so that an index
-- finds what lies before it.
SELECT next.stream, own.partition, next.due
FROM (SELECT clock_timestamp() AS now) AS clock
CROSS JOIN unnest($2::smallint[]) AS own (partition)
JOIN cursors
    ON cursors.partition = own.partition
    AND cursors.holder = $1
CROSS JOIN LATERAL (
    SELECT states.stream, states.due, row_number() OVER (ORDER BY states.due) AS nth
    FROM states
    WHERE states.partition = own.partition
      AND states.due < clock.now
      AND states.stream <> ALL ($3::text[])
      AND states.stream NOT IN (SELECT parked.stream FROM parked)
    ORDER BY states.due
    LIMIT $4
) AS next
ORDER BY next.nth, next.due
