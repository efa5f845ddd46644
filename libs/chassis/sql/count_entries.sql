-- The streams $1 have come to $2 entries; their states, which nobody here can read, stay as they are.
UPDATE states
SET sequence = new.sequence
FROM unnest($1::text[], $2::bigint[]) AS new (stream, sequence)
WHERE states.stream = new.stream
