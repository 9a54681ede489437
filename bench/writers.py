"""Eight people answer at once on SQLite: is anything lost, does anyone meet "database is locked"?"""

import json
import sqlite3
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from bench.client import Client, Paper
from bench.server import HOST, BenchError, environment, free_port, python, serving

WRITERS = 8
SAVES = 50  # by each
LEARNERS = 60


@dataclass(slots=True)
class Writer:
    """One person's answers: how the server answered, and what it last confirmed for each question."""

    statuses: Counter[int] = field(default_factory=Counter)
    confirmed: dict[str, str] = field(default_factory=dict)


def write(port: int, session: str, quiz: str) -> Writer:
    """Start an attempt and change the answers to its choice questions again and again."""
    client, writer = Client(port, session), Writer()
    attempt = client.post(f"{quiz}-/podejscie/", []).headers["location"]
    choices = Paper(client.get(attempt).text).choices
    for number in range(SAVES):
        name = list(choices)[number % len(choices)]
        value = choices[name][number % len(choices[name])]
        question = name.removeprefix("q-")
        answer = client.post(f"{attempt}odpowiedz/", [("question", question), (name, value)], expect=None)
        writer.statuses[answer.status] += 1
        if answer.status == 200:
            writer.confirmed[question] = value
    return writer


def lost(database: Path, writers: list[Writer]) -> int:
    """How many confirmed answers the database does not hold."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT question, value FROM records_answer WHERE value IS NOT NULL")
        kept = {UUID(question): str(json.loads(value)).lower() for question, value in rows}
    asked = [(UUID(question), value) for writer in writers for question, value in writer.confirmed.items()]
    return sum(kept.get(question) != value.lower() for question, value in asked)


def measure() -> int:
    """Print the counts; 1 where anything was lost or refused."""
    with TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        env = environment(Path(folder), port)
        site: dict[str, Any] = json.loads(python("-m", "bench.fill", str(LEARNERS), "1", env=env))
        sessions = site["learners"][:WRITERS]
        if len(sessions) < WRITERS:
            raise BenchError("Too few learners.")
        log = Path(folder) / "server.log"
        command = ("manage.py", "serve", "--bind", f"{HOST}:{port}")
        with log.open("w") as output, serving(*command, env=env, port=port, log=output):
            began = time.monotonic()
            with ThreadPoolExecutor(WRITERS) as pool:
                writers = list(pool.map(lambda session: write(port, session, site["quizzes"][0]), sessions))
            seconds = time.monotonic() - began
        statuses = sum((writer.statuses for writer in writers), Counter[int]())
        locked = log.read_text().count("database is locked")
        gone = lost(Path(folder) / "db.sqlite3", writers)
        sys.stdout.write(
            f"{WRITERS} writers, {sum(statuses.values())} answers in {seconds:.1f} s, by status: {dict(statuses)}.\n"
            f'Lost: {gone}. "database is locked": {locked}.\n'
        )
        return 1 if gone or locked or set(statuses) != {200} else 0
