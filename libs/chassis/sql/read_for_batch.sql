-- All that a batch needs, read in one go behind its locks: the clock as it is now, the fences of the partitions $1, the
-- states of the streams $2 and what is parked there, and the receipts of the clients $3 with the keys $4, pair by pair.
SELECT
    clock_timestamp() AS now,
    ARRAY(
        SELECT (upstream, partition, position, chain, offset_next)
        FROM fences
        WHERE partition = ANY($1::smallint[])
    ) AS fences,
    ARRAY(
        SELECT (stream, partition, sequence, state)
        FROM states
        WHERE stream = ANY($2::text[])
    ) AS states,
    ARRAY(
        SELECT (partition, position, stream, record, cause, value)
        FROM parked
        WHERE stream = ANY($2::text[])
        ORDER BY position
    ) AS parked,
    ARRAY(
        SELECT (client, key, partition, position, size)
        FROM receipts
        JOIN unnest($3::text[], $4::text[]) AS asked (client, key) USING (client, key)
    ) AS receipts
