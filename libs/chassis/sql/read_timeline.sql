-- Every entry of one stream, in order.
SELECT partition, position, value, chain
FROM journal
WHERE stream = $1
ORDER BY position
