-- Takes or keeps the lease for holder $1, for $2 seconds, on every partition that nobody else holds. A lease that reaches
-- further than any can is of a clock that leapt, and has run out.
UPDATE cursors
SET holder = $1, until = clock_timestamp() + make_interval(secs => $2)
WHERE holder = $1
   OR until < clock_timestamp()
   OR until > clock_timestamp() + make_interval(secs => $2)
RETURNING partition, position
