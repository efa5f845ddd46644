-- Takes or keeps the lease for holder $1, for $2 seconds, on every partition that nobody else holds.
UPDATE cursors
SET holder = $1, until = clock_timestamp() + make_interval(secs => $2)
WHERE holder = $1
   OR until < clock_timestamp()
RETURNING partition, position
