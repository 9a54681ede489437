"""What must happen by the clock and not because someone asked: run every minute, safe to repeat."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from elearning.notifications import delivery

logger = logging.getLogger(__name__)

# Results of finished background work; a week is enough to look into a failure.
RESULTS_KEPT_DAYS = 7


def send_due_messages() -> None:
    """Messages put off after a failed try, and those whose task was lost with a dying worker."""
    delivery.send_due(timezone.now())


def clear_task_results() -> None:
    """Otherwise the table of background work grows for ever. Other task backends keep no table."""
    if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
        call_command("prune_db_task_results", queue_name="*", min_age_days=RESULTS_KEPT_DAYS, verbosity=0)


def delete_expired_sessions() -> None:
    """They are personal data without a purpose."""
    call_command("clearsessions", verbosity=0)


STEPS = [send_due_messages, clear_task_results, delete_expired_sessions]


def steps() -> dict[str, Callable[[], object]]:
    """The commands that the settings name, and what keeps this app in order, by their names."""
    commands = {name: partial(call_command, name, verbosity=0) for name in settings.EVERY_MINUTE}
    return {**commands, **{step.__name__: step for step in STEPS}}


class Command(BaseCommand):
    """A failed step is logged and does not keep the others from running."""

    requires_system_checks = []
    help = "Wykonuje polecenia z EVERY_MINUTE, wysyła zaległe wiadomości i usuwa wygasłe dane. Uruchamiaj co minutę."

    def handle(self, **options: Any) -> None:
        for name, step in steps().items():
            try:
                step()
            # Whatever breaks one step, the worker must live on and try again in a minute.
            except Exception:
                logger.exception("Step %s of the tick failed", name)
