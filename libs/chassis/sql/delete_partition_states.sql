-- Clears the states of the partition $1, and what is found by numbers there, for those of another shape.
WITH called AS (
    DELETE FROM numbers
    WHERE partition = $1
)
DELETE FROM states
WHERE partition = $1
