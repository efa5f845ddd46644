-- Entries of the stream $1 behind position $2, in order: as many as fit into $3 bytes, one at least, and $4 at most.
-- `more` says whether another one follows. Of values that are not shown only the length is read.
SELECT partition, position, value, chain, more
FROM (
    SELECT partition, position, value, chain,
        row_number() OVER entries AS nth,
        sum(length(value)) OVER entries AS bytes,
        lead(position) OVER entries IS NOT NULL AS more
    FROM (
        SELECT partition, position, value, chain
        FROM journal
        WHERE stream = $1
          AND position > $2
        ORDER BY position
        LIMIT $4 + 1
    ) AS found
    WINDOW entries AS (ORDER BY position)
) AS timeline
WHERE nth = 1
   OR (nth <= $4 AND bytes <= $3)
ORDER BY position
