-- Which of the clients $1 with the keys $2, pair by pair, have a receipt.
SELECT client, key
FROM receipts
JOIN unnest($1::text[], $2::text[]) AS asked (client, key) USING (client, key)
