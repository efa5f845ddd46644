-- One stream: how many entries, its state.
SELECT sequence, state
FROM states
WHERE stream = $1
