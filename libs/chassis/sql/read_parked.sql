-- What is parked on the streams $1, in order.
SELECT partition, position, stream, record, cause, value
FROM parked
WHERE stream = ANY($1::text[])
ORDER BY position
