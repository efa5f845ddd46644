-- Streams of a kind (prefix $1) after stream $2 on which act $3 waits, at place $4 if given: as many as fit into $6 bytes,
-- one at least, and $5 at most. `more` says whether another one follows. One that waits at several places has each of its
-- acts with its place in `open`, and no `place`: so it is found where that act waits, and nowhere else.
SELECT stream, state, more
FROM (
    SELECT stream, state,
        row_number() OVER streams AS nth,
        sum(length(state)) OVER streams AS bytes,
        lead(stream) OVER streams IS NOT NULL AS more
    FROM (
        (
            SELECT stream, state
            FROM states
            WHERE open <> '{}'
              AND starts_with(stream, $1)
              AND stream > $2
              AND open @> ARRAY[$3::text]
              AND ($4::text IS NULL OR place = $4)
            ORDER BY stream
            LIMIT $5 + 1
        )
        UNION ALL
        (
            SELECT stream, state
            FROM states
            WHERE $4::text IS NOT NULL
              AND starts_with(stream, $1)
              AND stream > $2
              AND open @> ARRAY[$3::text || '@' || $4::text]
            ORDER BY stream
            LIMIT $5 + 1
        )
        ORDER BY stream
        LIMIT $5 + 1
    ) AS found
    WINDOW streams AS (ORDER BY stream)
) AS page
WHERE nth = 1
   OR (nth <= $5 AND bytes <= $6)
ORDER BY stream
