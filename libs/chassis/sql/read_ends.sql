-- The end of every partition.
SELECT partition, position, chain, recorded, shape
FROM counters
ORDER BY partition
