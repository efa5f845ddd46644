-- Takes off the agenda what a receipt says was done: after a rebuild the telling comes back before the told.
DELETE FROM agenda
USING receipts
WHERE receipts.client = $1
  AND receipts.key = agenda.key
