-- In seconds by the database's clock: how long ago the oldest entry was recorded that is not on the topic, and the oldest
-- entry by which a record was parked; 0 where there is none. And on how many streams records are parked.
SELECT coalesce(extract(EPOCH FROM clock_timestamp() - unpublished.oldest), 0)::float8 AS relay_age,
    coalesce(extract(EPOCH FROM clock_timestamp() - aside.oldest), 0)::float8 AS parked_age,
    aside.streams AS parked_streams
FROM (
    SELECT min(journal.recorded) AS oldest
    FROM cursors
    JOIN journal ON journal.partition = cursors.partition AND journal.position = cursors.position + 1
) AS unpublished
CROSS JOIN (
    SELECT min(journal.recorded) AS oldest, count(DISTINCT parked.stream) AS streams
    FROM parked
    JOIN journal USING (partition, position)
) AS aside
