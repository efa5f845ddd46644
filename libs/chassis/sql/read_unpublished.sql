-- What lies above the positions $2 of the partitions $1, $3 entries of each at most.
SELECT journal.partition, journal.position, journal.stream, journal.kind, journal.recorded, journal.traceparent,
    journal.chain, journal.value
FROM unnest($1::smallint[], $2::bigint[]) AS cursor (partition, position)
CROSS JOIN LATERAL (
    SELECT *
    FROM journal
    WHERE journal.partition = cursor.partition
      AND journal.position > cursor.position
    ORDER BY journal.position
    LIMIT $3
) AS journal
