-- What is parked on the partition $1, in order.
SELECT partition, position, stream, record, cause, value
FROM parked
WHERE partition = $1
ORDER BY position
