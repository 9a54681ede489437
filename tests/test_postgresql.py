"""What many do at once, on PostgreSQL too: in one run, for the database takes longer to make than to test."""

import subprocess

import pytest
from django.db import connection

from tests import postgres

AT_ONCE = ("tests/records/test_parallel_registrations.py", "tests/courses/test_storm.py")


@pytest.mark.skipif(connection.vendor == "postgresql", reason="this run is on PostgreSQL already")
def test_many_at_once_lose_nothing_on_postgresql_either() -> None:
    try:
        with postgres.server() as url:
            done = postgres.pytest(url, [*AT_ONCE, "-q", "-p", "no:cacheprovider"], output=subprocess.PIPE)
    except postgres.NoServer as reason:
        pytest.skip(f"PostgreSQL does not start here: {reason}")
    assert done.returncode == 0, done.stdout
    assert "6 passed" in done.stdout
