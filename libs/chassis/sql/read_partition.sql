-- Everything in the journal's partition $1, in order.
SELECT position, kind, stream, chain, value
FROM journal
WHERE partition = $1
ORDER BY position
