-- Streams of a kind (prefix $1) after stream $2 on which act $3 waits, at place $4 if given; $5 at most.
SELECT stream, state
FROM states
WHERE open <> '{}'
  AND starts_with(stream, $1)
  AND stream > $2
  AND $3 = ANY(open)
  AND ($4::text IS NULL OR place = $4)
ORDER BY stream
LIMIT $5
