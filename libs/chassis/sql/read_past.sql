-- All entries of the streams $1, of each in their order.
SELECT stream, partition, value
FROM journal
WHERE stream = ANY($1::text[])
ORDER BY stream, position
