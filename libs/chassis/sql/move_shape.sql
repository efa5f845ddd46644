-- The states of partition $1 have the shape $2 from now on.
UPDATE counters
SET shape = $2
WHERE partition = $1
