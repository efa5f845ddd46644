-- The new fences: upstreams $1, partitions $2.
UPDATE fences
SET position = new.position, chain = new.chain, offset_next = new.offset_next
FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bigint[])
    AS new (upstream, partition, position, chain, offset_next)
WHERE fences.upstream = new.upstream
  AND fences.partition = new.partition
