-- The new ends of the partitions $1.
UPDATE counters
SET position = new.position, chain = new.chain, recorded = new.recorded
FROM unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::timestamptz[])
    AS new (partition, position, chain, recorded)
WHERE counters.partition = new.partition
