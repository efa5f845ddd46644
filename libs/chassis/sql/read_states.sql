-- The streams $1, those that exist.
SELECT stream, partition, sequence, state
FROM states
WHERE stream = ANY($1::text[])
