-- All that a batch needs, read in one go behind its locks: the clock as it is now, the fences of the partitions $1, the
-- states of the streams $2 and what is parked there, and the receipts of the clients $3 with the keys $4, pair by pair.
-- Of the states, and of the records that are parked, in the order of the streams, those that begin within $5 bytes; the
-- others are named alone.
SELECT
    clock_timestamp() AS now,
    ARRAY(
        SELECT (upstream, partition, position, chain, offset_next)
        FROM fences
        WHERE partition = ANY($1::smallint[])
    ) AS fences,
    ARRAY(
        SELECT (stream, partition, sequence, CASE WHEN before < $5 THEN state END)
        FROM (
            SELECT stream, partition, sequence, state,
                sum(octet_length(state)) OVER (ORDER BY turn) - octet_length(state) AS before
            FROM unnest($2::text[]) WITH ORDINALITY AS asked (stream, turn)
            JOIN states USING (stream)
        ) AS sized
    ) AS states,
    ARRAY(
        SELECT (partition, position, stream, record, cause, CASE WHEN before < $5 THEN value ELSE '' END)
        FROM (
            SELECT partition, position, stream, record, cause, value, turn,
                sum(octet_length(value)) OVER (ORDER BY turn, position) - octet_length(value) AS before
            FROM unnest($2::text[]) WITH ORDINALITY AS asked (stream, turn)
            JOIN parked USING (stream)
        ) AS sized
        ORDER BY turn, position
    ) AS parked,
    ARRAY(
        SELECT (client, key, partition, position, size)
        FROM receipts
        JOIN unnest($3::text[], $4::text[]) WITH ORDINALITY AS asked (client, key, turn) USING (client, key)
        ORDER BY turn
    ) AS receipts
