-- The streams $1, those that exist, and whether something is parked there.
SELECT stream, partition, sequence, state, EXISTS (SELECT FROM parked WHERE parked.stream = states.stream) AS shelved
FROM states
WHERE stream = ANY($1::text[])
