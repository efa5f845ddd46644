-- The inputs of the journal's partition $1 behind position $2.
SELECT stream, type, recorded, value
FROM journal
WHERE partition = $1
  AND position > $2
  AND kind = 'input'
ORDER BY position
