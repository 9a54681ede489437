"""The moves of registrations that come by themselves, in all trainings: by the clock, and after a page was edited."""

import logging
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.records import registration
from elearning.records.models import Registration
from elearning.records.places import Standing

logger = logging.getLogger(__name__)


def settle_all(*, now: datetime) -> int:
    """Settle every published training in which something may move; how many moves. One query where there are none.

    Safe to repeat and in parallel. One that cannot be settled is logged, and keeps no other waiting.
    """
    return sum([_settled(page, now) for page in _in_motion(now).select_related("project")])


def _in_motion(now: datetime) -> QuerySet[TrainingPage]:
    """Those with offers out of time, and those to come where somebody waits."""
    own = Registration.objects.filter(training=OuterRef("pk"))
    out_of_time = own.filter(standing=Standing.OFFERED, offered_until__lte=now)
    to_come = Q(starts_at=None) | Q(starts_at__gt=now)
    moving = Exists(out_of_time) | (to_come & Exists(own.filter(standing=Standing.RESERVED)))
    return TrainingPage.objects.live().filter(moving, called_off=False)


def _settled(page: TrainingPage, now: datetime) -> int:
    try:
        return registration.settle(training_of(page), now)
    except Exception:
        logger.exception("Training %s cannot be settled", page.pk)
        return 0
