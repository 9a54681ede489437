"""What is done once a night: claimed by a row, so that two workers never do it twice and no night is missed."""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from .models import NightlyRun

logger = logging.getLogger(__name__)

# The local hour from which a day's work is due: nobody learns, and no clock is turned back over it.
HOUR = 3
# A worker that died, or a command that failed, must not keep the work from being done: it is tried again then.
CLAIM_LASTS = timedelta(hours=1)


def run_due(now: datetime) -> list[str]:
    """Run the commands of `EVERY_NIGHT` that nobody has run today; which of them this call has finished.

    A site that was down at night makes up for it when it is back. A failed command is logged, tried again after
    `CLAIM_LASTS`, and keeps no other from running.
    """
    day = day_due(now)
    return [command for command in settings.EVERY_NIGHT if claim(command, day, now) and _finished(command, day)]


def day_due(now: datetime) -> date:
    """The day whose work is due: today from `HOUR` on, before that still yesterday."""
    return (timezone.localtime(now).replace(tzinfo=None) - timedelta(hours=HOUR)).date()


def claim(command: str, day: date, now: datetime) -> bool:
    """Take a day's work; whether it was free. A unique row decides, then one UPDATE, so two workers never both win."""
    _run, is_new = NightlyRun.objects.get_or_create(command=command, day=day, defaults={"claimed_at": now})
    stale = NightlyRun.objects.filter(command=command, day=day, finished_at=None, claimed_at__lte=now - CLAIM_LASTS)
    return is_new or stale.update(claimed_at=now) == 1


def _finished(command: str, day: date) -> bool:
    try:
        call_command(command, verbosity=0)
    except Exception:
        logger.exception("The nightly command %s failed", command)
        return False
    NightlyRun.objects.filter(command=command, day=day).update(finished_at=timezone.now())
    return True
