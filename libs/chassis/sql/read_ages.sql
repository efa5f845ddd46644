-- In seconds by the database's clock: how long ago the oldest entry was recorded that is not on the topic, and the oldest
-- entry by which a record was parked; since when the oldest told command is not delivered, or deadline not fired; 0 where
-- there is none. Of the last one also the moment, on how many streams records are parked, and the clock itself.
SELECT greatest(extract(EPOCH FROM clock.now - unpublished.oldest), 0)::float8 AS relay_age,
    greatest(extract(EPOCH FROM clock.now - aside.oldest), 0)::float8 AS parked_age,
    greatest(extract(EPOCH FROM clock.now - least(told.oldest, passed.oldest)), 0)::float8 AS due_age,
    least(told.oldest, passed.oldest) AS oldest_due,
    aside.streams AS parked_streams,
    clock.now
FROM (SELECT clock_timestamp() AS now) AS clock
CROSS JOIN (
    SELECT min(journal.recorded) AS oldest
    FROM cursors
    JOIN journal ON journal.partition = cursors.partition AND journal.position = cursors.position + 1
) AS unpublished
CROSS JOIN (
    SELECT min(journal.recorded) AS oldest, count(DISTINCT parked.stream) AS streams
    FROM parked
    JOIN journal USING (partition, position)
) AS aside
CROSS JOIN (SELECT min(agenda.due) AS oldest FROM agenda) AS told
CROSS JOIN LATERAL (
    SELECT min(next.due) AS oldest
    FROM cursors
    CROSS JOIN LATERAL (
        SELECT states.due
        FROM states
        WHERE states.partition = cursors.partition
          AND states.due < clock.now
        ORDER BY states.due
        LIMIT 1
    ) AS next
) AS passed
