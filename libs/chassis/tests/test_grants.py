"""What a service's login may do in its database, and everything else, which it may not."""

from collections import defaultdict
from contextlib import suppress

import asyncpg
import pytest

from chassis.provision import prepare
from chassis.service import Service
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.workbench import PASSWORD, Bench, send
from servers.logins import at_database

GRANTED = {
    "journal": {"SELECT", "INSERT"},
    "receipts": {"SELECT", "INSERT"},
    "counters": {"SELECT", "UPDATE"},
    "cursors": {"SELECT", "UPDATE"},
    "fences": {"SELECT", "UPDATE"},
    "states": {"SELECT", "INSERT", "UPDATE", "DELETE"},
    "agenda": {"SELECT", "INSERT", "DELETE"},
    "parked": {"SELECT", "INSERT", "DELETE"},
    "numbers": {"SELECT", "INSERT", "DELETE"},
}
"""All of it: whatever a service writes once, it can neither change nor take back."""
TABLES = """
SELECT relname AS name, privilege
FROM pg_class
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
WHERE relnamespace = 'public'::regnamespace
  AND relkind IN ('r', 'p', 'v', 'm', 'f')
  AND has_table_privilege($1::text, oid, privilege)
"""
UNTOLD = """
SELECT relname || coalesce('.' || attname, '') AS name
FROM pg_class
LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND relkind = 'r'
WHERE relnamespace = 'public'::regnamespace
  AND relkind IN ('r', 'v')
  AND coalesce(col_description(pg_class.oid, attnum), CASE WHEN attnum IS NULL THEN '' END) IS NULL
  OR relnamespace = 'public'::regnamespace
  AND relkind IN ('r', 'v')
  AND obj_description(pg_class.oid, 'pg_class') IS NULL
"""
"""Tables, their columns, and views that nobody says anything of."""
BESIDES = """
SELECT attribute
FROM (
    SELECT 'owns ' || relname FROM pg_class WHERE relowner = $1::text::regrole
    UNION ALL SELECT 'moves ' || sequencename FROM pg_sequences
        WHERE has_sequence_privilege($1::text, quote_ident(schemaname) || '.' || quote_ident(sequencename), 'UPDATE')
    UNION ALL SELECT 'column ' || attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attacl IS NOT NULL AND relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'owns schema ' || nspname FROM pg_namespace WHERE nspowner = $1::text::regrole
    UNION ALL SELECT 'creates in ' || nspname FROM pg_namespace WHERE has_schema_privilege($1::text, oid, 'CREATE')
    UNION ALL SELECT 'owns database ' || datname FROM pg_database WHERE datdba = $1::text::regrole
    UNION ALL SELECT 'creates in database ' || datname FROM pg_database
        WHERE has_database_privilege($1::text, oid, 'CREATE')
    UNION ALL SELECT 'temporary ' || datname FROM pg_database
        WHERE datname = current_database() AND has_database_privilege($1::text, oid, 'TEMPORARY')
    UNION ALL SELECT 'is ' || roleid::regrole FROM pg_auth_members WHERE member = $1::text::regrole
    UNION ALL SELECT 'more than a login' FROM pg_roles
        WHERE rolname = $1::text
          AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls OR NOT rolcanlogin)
    UNION ALL SELECT 'sets ' || parname FROM pg_parameter_acl WHERE has_parameter_privilege($1::text, parname, 'SET')
) AS found (attribute)
"""
FORBIDDEN = [
    "UPDATE journal SET value = ''",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "UPDATE receipts SET requesthash = ''",
    "DELETE FROM receipts",
    "DELETE FROM counters",
    "INSERT INTO fences VALUES ('nobody', 0)",
    "DELETE FROM fences",
    "DELETE FROM cursors",
    "UPDATE agenda SET due = now()",
    "UPDATE parked SET value = ''",
    "ALTER TABLE journal DROP CONSTRAINT journal_pkey",
    "ALTER TABLE journal OWNER TO sender",
    "DROP TABLE states",
    "CREATE INDEX ON journal (type)",
    "CREATE TABLE more (line text)",
    "CREATE TEMPORARY TABLE more (line text)",
    "CREATE TABLE public.more AS SELECT * FROM journal",
    "CREATE VIEW seen AS SELECT * FROM journal",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
    "CREATE TRIGGER t BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON INSERT TO journal DO INSTEAD NOTHING",
    "CREATE SCHEMA more",
    "CREATE DATABASE more",
    "CREATE ROLE more",
    "ALTER ROLE sender CREATEDB",
    "SET ROLE keeper",
    "SET session_replication_role = replica",
    "COPY journal TO PROGRAM 'cat'",
    "COPY journal TO '/tmp/journal'",
    "COPY states FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "SELECT pg_reload_conf()",
    "ALTER SYSTEM SET fsync = off",
]


@pytest.fixture(scope="module")
async def made(bench: Bench) -> Bench:
    """Both services without a past, and prepared once more: it can run again, and gives nothing more."""
    await bench.fresh(SENDER, KEEPER)
    await prepare(SENDER, bench.kafka, bench.postgres, PASSWORD)
    return bench


@pytest.mark.parametrize("service", [SENDER, KEEPER], ids=lambda service: service.name)
async def test_a_login_has_what_it_needs_and_nothing_else(made: Bench, service: Service) -> None:
    found = defaultdict[str, set[str]](set)
    for row in await made.rows(service, TABLES, service.name):
        found[row["name"]].add(row["privilege"])
    assert found == GRANTED
    assert [row["attribute"] for row in await made.rows(service, BESIDES, service.name)] == []


async def test_whatever_else_a_login_tries_is_refused(made: Bench) -> None:
    session, done = await asyncpg.connect(made.url(SENDER)), []
    for statement in FORBIDDEN:
        with suppress(asyncpg.InsufficientPrivilegeError):
            await session.execute(statement)
            done.append(statement)
    await session.close()
    assert done == []


async def test_a_login_gets_into_no_other_services_database_and_into_its_own_by_its_password_alone(made: Bench) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match='permission denied for database "keeper"'):
        await asyncpg.connect(at_database(made.postgres, "keeper", ("sender", PASSWORD)))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(at_database(made.postgres, "sender", ("sender", "another")))


async def test_every_table_and_column_says_what_it_holds_and_the_journal_can_be_read_as_json(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, b'{"parcel": "P1", "idempotency_key": "k1"}')
    assert await bench.rows(SENDER, UNTOLD) == []
    asked = "SELECT document->>'type' AS type, document->'data'->>'parcel' AS parcel FROM entries ORDER BY position"
    owner = await asyncpg.connect(at_database(bench.postgres, SENDER.name))
    try:
        assert [tuple(row) for row in await owner.fetch(asked)] == [("Send", "P1"), ("Sent", "P1")]
    finally:
        await owner.close()
