-- Clears the states of the partition $1, for those of another shape.
DELETE FROM states
WHERE partition = $1
