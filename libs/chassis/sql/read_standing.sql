-- The end of every partition, and the journal's chain at the positions $2 of the partitions $1, where it reaches so far.
-- One statement, so one snapshot: between two of them another process may have taken back what was missing.
SELECT counters.partition, counters.position AS last, journal.chain
FROM counters
LEFT JOIN unnest($1::smallint[], $2::bigint[]) AS asked (partition, position) USING (partition)
LEFT JOIN journal
    ON journal.partition = counters.partition
    AND journal.position = asked.position
