-- What this session has of the settings $1.
SELECT name, current_setting(name) AS value
FROM unnest($1::text[]) AS name
