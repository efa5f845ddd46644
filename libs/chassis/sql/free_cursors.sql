-- Gives holder $1's leases back, so that the next process need not wait them out.
UPDATE cursors
SET holder = NULL, until = 'epoch'
WHERE holder = $1
