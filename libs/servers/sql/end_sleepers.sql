-- Ends sessions of this service that hold a transaction open and have sent nothing for $1 seconds. Who stops in the
-- middle of a COPY is ended by no timeout of the server's, and holds its locks until it is woken. A transaction may well
-- last longer than that, as long as something comes in between.
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database()
  AND usename = current_user
  AND pid <> pg_backend_pid()
  AND wait_event_type = 'Client'
  AND xact_start IS NOT NULL
  AND state_change < clock_timestamp() - make_interval(secs => $1)
