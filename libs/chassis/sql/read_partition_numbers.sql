-- By which numbers which streams of the partition $1 are found.
SELECT number, stream
FROM numbers
WHERE partition = $1
