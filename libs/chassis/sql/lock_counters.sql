-- Locks the ends of the partitions $1, in order, in a statement of its own: what is read after it is fresh.
SELECT partition, position, chain, recorded, shape
FROM counters
WHERE partition = ANY($1::smallint[])
ORDER BY partition
FOR UPDATE
