-- What a batch comes to, written in one go: entries of the journal, the new ends of their partitions, the streams' new
-- states, receipts, the numbers by which they are found, and the new fences. Of a table for which nothing comes nothing changes.
-- `open` of a state comes joined by commas, since arrays of arrays must be rectangular.
WITH entries AS (
    INSERT INTO journal (partition, position, stream, kind, type, recorded, traceparent, chain, value)
    SELECT *
    FROM unnest(
        $1::smallint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::bytea[],
        $9::bytea[]
    )
),
ends AS (
    UPDATE counters
    SET position = new.position, chain = new.chain, recorded = new.recorded
    FROM unnest($10::smallint[], $11::bigint[], $12::bytea[], $13::timestamptz[])
        AS new (partition, position, chain, recorded)
    WHERE counters.partition = new.partition
),
streams AS (
    INSERT INTO states (stream, partition, sequence, state, open, place, due)
    SELECT stream, partition, sequence, state, string_to_array(open, ','), place, due
    FROM unnest($14::text[], $15::smallint[], $16::bigint[], $17::bytea[], $18::text[], $19::text[], $20::timestamptz[])
        AS new (stream, partition, sequence, state, open, place, due)
    ON CONFLICT (stream) DO UPDATE
    SET sequence = excluded.sequence, state = excluded.state, open = excluded.open, place = excluded.place,
        due = excluded.due
),
answered AS (
    INSERT INTO receipts (client, key, requesthash, partition, position, size)
    SELECT * FROM unnest($21::text[], $22::text[], $23::text[], $24::smallint[], $25::bigint[], $26::integer[])
),
called AS (
    INSERT INTO numbers (number, stream, partition)
    SELECT * FROM unnest($32::text[], $33::text[], $34::smallint[])
    ON CONFLICT DO NOTHING
)
UPDATE fences
SET position = new.position, chain = new.chain, offset_next = new.offset_next
FROM unnest($27::text[], $28::smallint[], $29::bigint[], $30::bytea[], $31::bigint[])
    AS new (upstream, partition, position, chain, offset_next)
WHERE fences.upstream = new.upstream
  AND fences.partition = new.partition
