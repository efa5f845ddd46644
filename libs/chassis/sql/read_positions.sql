-- How far the upstreams were applied on the partitions $1.
SELECT upstream, partition, position, chain, offset_next
FROM fences
WHERE partition = ANY($1::smallint[])
