-- The tables of one service, in its own database. Run by the owner, never by the service; every statement can run again.
-- {login} is the service's login, {partitions} the partition count fixed at birth, {upstreams} an array of names.

-- The partitioned log. The primary key is the guarantee that a position is given out once.
CREATE TABLE IF NOT EXISTS journal (
    partition smallint NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    stream text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('input', 'event')),
    type text NOT NULL,
    recorded timestamptz NOT NULL,
    traceparent text NOT NULL,
    chain bytea NOT NULL CHECK (length(chain) = 32),
    value bytea NOT NULL,
    PRIMARY KEY (partition, position)
);
CREATE INDEX IF NOT EXISTS journal_by_stream ON journal (stream, position);

-- The end of each partition. Its row lock, held to the commit, makes commit order position order.
CREATE TABLE IF NOT EXISTS counters (
    partition smallint PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0,
    chain bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    recorded timestamptz NOT NULL DEFAULT 'epoch'
);

-- What each stream has come to. `sequence` counts the stream's entries, `state` is canonical JSON;
-- `open` and `place` say who waits where, and follow from the state.
CREATE TABLE IF NOT EXISTS states (
    stream text PRIMARY KEY,
    partition smallint NOT NULL,
    sequence bigint NOT NULL,
    state bytea NOT NULL,
    open text[] NOT NULL,
    place text
) WITH (fillfactor = 70);
CREATE INDEX IF NOT EXISTS states_waiting ON states (place, stream) WHERE open <> '{{}}';

-- Which key was answered by which entries: the input at `position`, and `size` entries in all.
CREATE TABLE IF NOT EXISTS receipts (
    client text NOT NULL,
    key text NOT NULL,
    requesthash text NOT NULL,
    partition smallint NOT NULL,
    position bigint NOT NULL,
    size integer NOT NULL,
    PRIMARY KEY (client, key)
);

-- How far each upstream partition was applied, its chain there, and the offset at which to look for the next.
CREATE TABLE IF NOT EXISTS fences (
    upstream text NOT NULL,
    partition smallint NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    chain bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    offset_next bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (upstream, partition)
);

-- What the service will tell itself, by the partition that will take it.
CREATE TABLE IF NOT EXISTS agenda (
    partition smallint NOT NULL,
    key text NOT NULL,
    due timestamptz NOT NULL,
    stream text NOT NULL,
    type text NOT NULL,
    data bytea NOT NULL,
    occurred timestamptz NOT NULL,
    causationid text NOT NULL,
    correlationid text NOT NULL,
    authid text NOT NULL,
    authtype text NOT NULL,
    traceparent text NOT NULL,
    turn bigint GENERATED ALWAYS AS IDENTITY,  -- Of what is due at the same moment, what was told first comes first.
    PRIMARY KEY (partition, key)
);
CREATE INDEX IF NOT EXISTS agenda_due ON agenda (due, turn);

-- By the partitions that take and that told, and where the telling entry stands: up to the cursor there it may go.
CREATE INDEX IF NOT EXISTS agenda_by_cause ON agenda (
    partition, (split_part(causationid, '/', 2)::smallint), (split_part(causationid, '/', 3)::bigint), turn
);

-- How far the topic was written, and who writes it until when.
CREATE TABLE IF NOT EXISTS cursors (
    partition smallint PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0,
    holder text,
    until timestamptz NOT NULL DEFAULT 'epoch'
);

INSERT INTO counters (partition)
SELECT generate_series(0, {partitions} - 1)
ON CONFLICT DO NOTHING;

INSERT INTO cursors (partition)
SELECT generate_series(0, {partitions} - 1)
ON CONFLICT DO NOTHING;

INSERT INTO fences (upstream, partition)
SELECT upstream, partition
FROM unnest({upstreams}::text[]) AS upstream
CROSS JOIN generate_series(0, {partitions} - 1) AS partition
ON CONFLICT DO NOTHING;

-- The journal is append-only by grant: no UPDATE, no DELETE, no TRUNCATE for the service that writes it.
GRANT SELECT, INSERT ON journal, receipts TO {login};
GRANT SELECT, UPDATE ON counters, cursors, fences TO {login};
GRANT SELECT, INSERT, UPDATE ON states TO {login};
GRANT SELECT, INSERT, DELETE ON agenda TO {login};
