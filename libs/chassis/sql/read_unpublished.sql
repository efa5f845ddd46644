-- What lies above the positions $2 of the partitions $1: of each $3 entries at most, and no more than $4 bytes; but of the
-- first one that has any what begins within $5 bytes, so that the largest gets through. And where each journal ends.
SELECT journal.partition, journal.position, journal.stream, journal.kind, journal.recorded, journal.traceparent,
    journal.chain, journal.value, behind.journal_end
FROM (
    SELECT partition, asked.position, counters.position AS journal_end, row_number() OVER (ORDER BY turn) AS turn
    FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS asked (partition, position, turn)
    JOIN counters USING (partition)
    WHERE counters.position > asked.position
) AS behind
CROSS JOIN LATERAL (
    SELECT *, sum(octet_length(value)) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING) AS bytes
    FROM (
        SELECT *
        FROM journal
        WHERE journal.partition = behind.partition
          AND journal.position > behind.position
        ORDER BY journal.position
        LIMIT $3
    ) AS next
) AS journal
WHERE journal.bytes <= $4
   OR (behind.turn = 1 AND journal.bytes - octet_length(journal.value) < $5)
