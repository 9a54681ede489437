"""The background process and what it does every minute."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command, get_commands
from django.utils import timezone

from elearning.notifications.management.commands import tick
from elearning.notifications.models import Message
from tests import make

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_tick_sends_what_is_due_and_deletes_expired_sessions() -> None:
    Message.objects.create(key="a", recipient="ola@example.org", subject="Temat", body="Treść")
    now = timezone.now()
    Session.objects.create(session_key="stara", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="nowa", session_data="", expire_date=now + timedelta(days=1))
    call_command("tick")
    assert len(mail.outbox) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["nowa"]


@pytest.mark.django_db
def test_broken_step_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_step() -> None:
        raise RuntimeError

    Message.objects.create(key="a", recipient="ola@example.org", subject="Temat", body="Treść")
    monkeypatch.setattr(tick, "STEPS", [broken_step, tick.send_due_messages])
    monkeypatch.setattr(settings, "EVERY_MINUTE", ["no_such_command"])
    call_command("tick")
    assert len(mail.outbox) == 1
    assert "broken_step" in caplog.text
    assert "no_such_command" in caplog.text


def test_every_command_that_the_clock_runs_is_there() -> None:
    assert settings.EVERY_MINUTE
    assert settings.EVERY_NIGHT
    assert set(settings.EVERY_MINUTE + settings.EVERY_NIGHT) <= get_commands().keys()


@pytest.mark.django_db
def test_tick_runs_the_commands_that_the_settings_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = make.course("Na później", publish_now=False)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.live = False
    page.save()
    page.save_revision(approved_go_live_at=page.go_live_at)

    monkeypatch.setattr(settings, "EVERY_MINUTE", [])
    call_command("tick")
    page.refresh_from_db()
    assert not page.live

    monkeypatch.setattr(settings, "EVERY_MINUTE", ["publish_scheduled"])
    call_command("tick")
    page.refresh_from_db()
    assert page.live
    assert not caplog.records


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a prepared site of its own, whose mail goes to files."""
    folder = tmp_path_factory.mktemp("site")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "elearning.settings",
        "VAR_DIR": str(folder),
        "SECRET_KEY": "only-for-this-test",
        "EMAIL_URL": f"file:///{folder / 'sent'}",
        "HTTPS": "0",
        "DEBUG": "1",
    }
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=env, check=True)
    return env


def queue_by_hand(database: Path, key: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO notifications_message (key, recipient, subject, body, html_body, is_secret, unsubscribe_url,"
            " calendar, created_at, not_before, tries, error)"
            " VALUES (?, 'ola@example.org', 'Temat', 'Treść', '', 0, '', '', ?, ?, 0, '')",
            (key, "2026-01-01 00:00:00", "2026-01-01 00:00:00"),
        )


def waiting(database: Path) -> int:
    """How many messages are not sent yet."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM notifications_message WHERE sent_at IS NULL").fetchone()[0])


def start_worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment)


def wait_until_all_are_sent(database: Path) -> None:
    deadline = time.monotonic() + 60
    while waiting(database) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not waiting(database)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_worker_works_until_asked_to_end(installation: dict[str, str], stop: signal.Signals) -> None:
    database = Path(installation["VAR_DIR"], "db.sqlite3")
    queue_by_hand(database, stop.name)
    worker = start_worker(installation)
    try:
        wait_until_all_are_sent(database)
        assert worker.poll() is None
        worker.send_signal(stop)
        assert worker.wait(timeout=15) == 0
    finally:
        worker.kill()
        worker.wait()


def test_two_workers_send_each_message_once(installation: dict[str, str]) -> None:
    folder = Path(installation["VAR_DIR"])
    before = sum(file.read_text().count("Subject: ") for file in folder.glob("sent/*"))
    for number in range(40):
        queue_by_hand(folder / "db.sqlite3", f"dwa-{number}")
    workers = [start_worker(installation) for _ in range(2)]
    try:
        wait_until_all_are_sent(folder / "db.sqlite3")
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    after = sum(file.read_text().count("Subject: ") for file in folder.glob("sent/*"))
    assert after - before == 40
