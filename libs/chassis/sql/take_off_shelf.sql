-- Lets go of parked records: partitions $1, positions $2.
DELETE FROM parked
USING unnest($1::smallint[], $2::bigint[]) AS taken (partition, position)
WHERE parked.partition = taken.partition
  AND parked.position = taken.position
