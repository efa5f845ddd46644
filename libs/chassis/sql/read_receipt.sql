-- Where the entries stand that answered the key $2 of the client $1.
SELECT partition, position, size
FROM receipts
WHERE client = $1
  AND key = $2
