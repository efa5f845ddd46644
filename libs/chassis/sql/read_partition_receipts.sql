-- The receipts of everything that was decided on the partition $1, and those of what its entries told others ($2).
SELECT client, key, requesthash, partition, position, size
FROM receipts
WHERE partition = $1
   OR (client = 'agenda' AND key LIKE $2)
