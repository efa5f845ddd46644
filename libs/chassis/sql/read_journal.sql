-- Entries of the journal's partition $1 from position $2 to position $3, in order.
SELECT position, kind, stream, chain, value
FROM journal
WHERE partition = $1
  AND position BETWEEN $2 AND $3
ORDER BY position
