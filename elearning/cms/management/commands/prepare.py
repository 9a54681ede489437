"""Brings the database and the static files up to date before the server starts."""

import hashlib
import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def static_digest() -> str:
    """A hash over name, size and time of every static file: it changes when collectstatic has work to do."""
    total = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            total.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return total.hexdigest()


class Command(BaseCommand):
    """One process for the whole set-up, since starting Django costs more than most of the steps.

    A step leaves a stamp in VAR_DIR once it has ended well, so that one cut off in the middle runs again.
    """

    requires_system_checks = []  # `run.py check` runs them; here they would only delay the start
    help = "Przygotowuje bazę danych i pliki statyczne. Powtórzone, robi tylko to, co potrzebne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="wczytaj treść przykładową, jeśli baza jest pusta")

    def handle(self, *, demo: bool, **options: Any) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self.migrate()
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:
            self.collect_static()
        if demo:
            self.load_demo()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        plan = executor.migration_plan(targets)
        stamp = settings.VAR_DIR / ".migrated"
        # What runs after the last migration (permissions, content types) may have been cut off: the stamp tells.
        if plan or not self.is_stamped(stamp, str(targets)):
            self.stdout.write(f"→ Przygotowuję bazę danych (zmian: {len(plan)})")
            call_command("migrate", interactive=False, verbosity=0)
            stamp.write_text(str(targets))

    def collect_static(self) -> None:
        stamp, current = settings.VAR_DIR / ".collected", static_digest()
        if not self.is_stamped(stamp, current) or not Path(settings.STATIC_ROOT).is_dir():
            self.stdout.write("→ Zbieram pliki statyczne")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(current)

    def load_demo(self) -> None:
        """Into an empty site, or one where loading was cut off; never into one that people already use."""
        stamp = settings.VAR_DIR / ".demo"
        empty = not get_user_model()._default_manager.exists()
        if empty or self.is_stamped(stamp, "unfinished"):
            self.stdout.write("→ Wczytuję treść przykładową")
            stamp.write_text("unfinished")
            # Wagtail reports each of the hundreds of pages.
            logging.disable(logging.INFO)
            call_command("demo")
            logging.disable(logging.NOTSET)
            stamp.write_text("loaded")
        elif self.is_stamped(stamp, "loaded"):
            call_command("demo", logins=True)

    @staticmethod
    def is_stamped(stamp: Path, value: str) -> bool:
        return stamp.exists() and stamp.read_text() == value
