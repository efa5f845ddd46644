-- The database's clock, now and not at the transaction's start.
SELECT clock_timestamp()
