-- Streams of a kind (prefix $1) after stream $2 that are found by number $3: as many as fit into $5 bytes, one at least, and
-- $4 at most. `more` says whether another one follows.
SELECT stream, state, more
FROM (
    SELECT stream, state,
        row_number() OVER streams AS nth,
        sum(length(state)) OVER streams AS bytes,
        lead(stream) OVER streams IS NOT NULL AS more
    FROM (
        SELECT stream, state
        FROM numbers
        JOIN states USING (stream)
        WHERE number = $3
          AND starts_with(stream, $1)
          AND stream > $2
        ORDER BY stream
        LIMIT $4 + 1
    ) AS found
    WINDOW streams AS (ORDER BY stream)
) AS page
WHERE nth = 1
   OR (nth <= $4 AND bytes <= $5)
ORDER BY stream
