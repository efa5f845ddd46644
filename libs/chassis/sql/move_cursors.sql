-- What holder $1 has published: partitions $2 up to positions $3; the lease runs $4 seconds more.
UPDATE cursors
SET position = new.position, until = clock_timestamp() + make_interval(secs => $4)
FROM unnest($2::smallint[], $3::bigint[]) AS new (partition, position)
WHERE cursors.partition = new.partition
  AND cursors.holder = $1
RETURNING cursors.partition
