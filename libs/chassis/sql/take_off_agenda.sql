-- Takes the keys $2 of the partitions $1 off the agenda.
DELETE FROM agenda
USING unnest($1::smallint[], $2::text[]) AS taken (partition, key)
WHERE agenda.partition = taken.partition
  AND agenda.key = taken.key
