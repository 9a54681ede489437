"""The background process: runs queued tasks and, every minute, what must happen by the clock."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

MINUTE = 60.0


class Clock(threading.Thread):
    """Ticks at once and then every `every` seconds until stopped; a tick that is running is finished."""

    def __init__(self, every: float) -> None:
        super().__init__(name="clock", daemon=True)
        self.every = every
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            call_command("tick")
            connections.close_all()
            self.stopped.wait(self.every)

    def stop(self) -> None:
        self.stopped.set()
        # A tick is short; should a mail server hang, the process still ends in time.
        self.join(timeout=5)


class Command(BaseCommand):
    """Ends on SIGTERM or SIGINT: db_worker finishes its task and leaves, then the clock is stopped."""

    requires_system_checks = []
    help = "Wykonuje zadania w tle: wysyła wiadomości, publikuje zaplanowane strony, porządkuje dane."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=MINUTE, help="co ile sekund robić to, co według zegara")

    def handle(self, *, every: float, **options: Any) -> None:
        clock = Clock(every)
        clock.start()
        try:
            call_command("db_worker", queue_name="*", interval=0.5, reload=False, verbosity=0)
        finally:
            clock.stop()
