-- The receipts of the clients $1 with the keys $2, pair by pair.
SELECT client, key, requesthash, partition, position, size
FROM receipts
JOIN unnest($1::text[], $2::text[]) AS asked (client, key) USING (client, key)
