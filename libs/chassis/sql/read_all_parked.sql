-- What is parked after entry ($1, $2), in order of partitions and positions, $3 at most; without the records themselves,
-- which nobody is shown.
SELECT partition, position, stream, record, cause, ''::bytea AS value
FROM parked
WHERE (partition, position) > ($1, $2)
ORDER BY partition, position
LIMIT $3
