"""The background process: runs queued tasks and, every minute and every night, what must happen by the clock."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

MINUTE = 60.0


class Clock(threading.Thread):
    """Runs a command at once and then every `every` seconds until stopped; one that is running is finished."""

    def __init__(self, command: str, every: float) -> None:
        super().__init__(name=f"clock of {command}", daemon=True)
        self.command, self.every = command, every
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            call_command(self.command)
            connections.close_all()
            self.stopped.wait(self.every)

    def stop(self) -> None:
        self.stopped.set()


class Command(BaseCommand):
    """Ends on SIGTERM or SIGINT: db_worker finishes its task and leaves, then the clocks are stopped."""

    requires_system_checks = []
    help = "Wykonuje zadania w tle: wysyła wiadomości, publikuje zaplanowane strony, porządkuje dane."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=MINUTE, help="co ile sekund robić to, co według zegara")

    def handle(self, *, every: float, **options: Any) -> None:
        # Two threads: a long night's work keeps nobody's attempt from ending in its minute.
        clocks = [Clock("tick", every), Clock("nightly", every)]
        for clock in clocks:
            clock.start()
        try:
            call_command("db_worker", queue_name="*", interval=0.5, reload=False, verbosity=0)
        finally:
            for clock in clocks:
                clock.stop()
            # A tick is short; should a mail server hang, or a night's work take longer, the process still ends in time.
            for clock in clocks:
                clock.join(timeout=5)
