"""Database URLs: their passwords are escaped, and not shown."""

from deploy.local.urls import database_url, for_login, without_password

ADMIN = "postgresql://postgres:geheim@db.example:5433/postgres?sslmode=require"


def test_a_login_reaches_its_own_database_on_the_admins_server() -> None:
    expected = "postgresql://arrival:a%2Fb%40c@db.example:5433/arrival?sslmode=require"
    assert for_login(ADMIN, "arrival", "a/b@c") == expected


def test_what_is_shown_has_neither_password_nor_query() -> None:
    assert without_password(ADMIN) == "postgresql://postgres@db.example:5433/postgres"
    assert without_password(database_url("127.0.0.1:1", "u", "p", "d")) == "postgresql://u@127.0.0.1:1/d"
