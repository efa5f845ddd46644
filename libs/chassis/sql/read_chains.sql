-- The journal's chain at the positions $2 of the partitions $1, where it reaches so far.
SELECT partition, journal.position, journal.chain
FROM unnest($1::smallint[], $2::bigint[]) AS asked (partition, position)
JOIN journal USING (partition, position)
