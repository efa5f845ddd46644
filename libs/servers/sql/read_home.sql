-- Which database this is, of which start of the server: a copy that was put in its place has another oid.
SELECT oid, pg_postmaster_start_time() AS started
FROM pg_database
WHERE datname = current_database()
