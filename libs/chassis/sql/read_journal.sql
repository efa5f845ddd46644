-- Entries of the journal's partition $1 from position $2 to position $3, in order, those that begin within $4 bytes.
SELECT position, kind, stream, chain, value
FROM (
    SELECT position, kind, stream, chain, value,
        sum(octet_length(value)) OVER (ORDER BY position) - octet_length(value) AS before
    FROM journal
    WHERE partition = $1
      AND position BETWEEN $2 AND $3
) AS sized
WHERE before < $4
ORDER BY position
