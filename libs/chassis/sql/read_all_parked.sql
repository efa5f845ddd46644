-- What is parked after entry ($1, $2), in order of partitions and positions, $3 at most.
SELECT partition, position, stream, record, cause, value
FROM parked
WHERE (partition, position) > ($1, $2)
ORDER BY partition, position
LIMIT $3
