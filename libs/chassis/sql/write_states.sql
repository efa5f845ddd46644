-- The streams' new states; `open` comes joined by commas, since arrays of arrays must be rectangular.
INSERT INTO states (stream, partition, sequence, state, open, place, due)
SELECT stream, partition, sequence, state, string_to_array(open, ','), place, due
FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::bytea[], $5::text[], $6::text[], $7::timestamptz[])
    AS new (stream, partition, sequence, state, open, place, due)
ON CONFLICT (stream) DO UPDATE
SET sequence = excluded.sequence, state = excluded.state, open = excluded.open, place = excluded.place,
    due = excluded.due
