"""An empty database of its own for a test, on a PostgreSQL server that a fixture started."""

import uuid


def new_database(server: str) -> str:
    """Make a database and return its name; needs psycopg."""
    import psycopg

    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return name
