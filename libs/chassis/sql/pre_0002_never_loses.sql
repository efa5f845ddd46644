-- Deadlines, parked records and the shape of states. Run by the owner; every statement can run again.

-- `shape` is raised with every change of the fold that gives other states; a process of a lower shape ends itself.
ALTER TABLE counters ADD COLUMN IF NOT EXISTS shape integer NOT NULL DEFAULT 1;

-- The next deadline of a stream; it follows from the state.
ALTER TABLE states ADD COLUMN IF NOT EXISTS due timestamptz;
DROP INDEX IF EXISTS states_due;
CREATE INDEX IF NOT EXISTS states_due_by_partition ON states (partition, due) WHERE due IS NOT NULL;

-- Foreign records that could not be decided, and those behind them; `position` is that of the entry `Parked`.
CREATE TABLE IF NOT EXISTS parked (
    partition smallint NOT NULL,
    position bigint NOT NULL,
    stream text NOT NULL,
    record text NOT NULL,
    cause text NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (partition, position)
);
CREATE INDEX IF NOT EXISTS parked_by_stream ON parked (stream, position);

GRANT SELECT, INSERT, DELETE ON parked TO {login};
GRANT DELETE ON states TO {login};
