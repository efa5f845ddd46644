-- The states of all streams on the partition $1.
SELECT stream, sequence, state, due
FROM states
WHERE partition = $1
