-- What one stream tells another and can go now, on the partitions $2 that $1 holds the lease of, in this order; $5 at
-- most, and $4 of what one partition tells another. It waits for nothing but its cause, which has to be on the topic: a
-- restore can lose only what nobody else can have heard of. Streams that cannot take it are passed over: those that are
-- parked, those whose deadline comes first, and $3. Before the last one are less than $6 bytes.
SELECT partition, key, stream, type, data, occurred, causationid, correlationid, traceparent, authid, authtype, authrole,
    authparty, authpartyissuer, authplaces
FROM (
    SELECT taken.*, sum(octet_length(data)) OVER (ORDER BY nth, turn) - octet_length(data) AS before
    FROM (
        SELECT told.*, own.nth
        FROM unnest($2::smallint[]) WITH ORDINALITY AS own (partition, nth)
        JOIN cursors
            ON cursors.partition = own.partition
            AND cursors.holder = $1
        CROSS JOIN LATERAL (
            SELECT ready.*
            FROM cursors AS cause
            CROSS JOIN LATERAL (
                SELECT *
                FROM agenda
                WHERE agenda.partition = own.partition
                  AND split_part(agenda.causationid, '/', 2)::smallint = cause.partition
                  AND split_part(agenda.causationid, '/', 3)::bigint <= cause.position
                  AND agenda.stream <> ALL ($3::text[])
                  AND agenda.stream NOT IN (SELECT parked.stream FROM parked)
                  AND NOT EXISTS (
                      SELECT
                      FROM states
                      WHERE states.stream = agenda.stream
                        AND states.due < (SELECT clock_timestamp())
                  )
                ORDER BY split_part(agenda.causationid, '/', 3)::bigint, agenda.turn
                LIMIT $4
            ) AS ready
            ORDER BY ready.turn
        ) AS told
        ORDER BY own.nth, told.turn
        LIMIT $5
    ) AS taken
) AS counted
WHERE before < $6
ORDER BY nth, turn
