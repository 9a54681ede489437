"""What those registered for trainings are told by the clock."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from courses.models import TrainingPage
from courses.trainings import survey as training_survey
from courses.trainings.materials import fingerprint
from courses.trainings.terms import announced
from elearning.records import announcing, reminding, survey_letters

logger = logging.getLogger(__name__)

# Materials that come later are found on the page.
TOLD_AFTERWARDS = timedelta(days=60)


def concerned(now: datetime) -> QuerySet[TrainingPage]:
    """The published trainings for which somebody registered, with their books: those to come and just over."""
    recent = Q(ends_at=None) | Q(ends_at__gte=now - TOLD_AFTERWARDS)
    return TrainingPage.objects.live().filter(recent, training_book__isnull=False).select_related("training_book")


def tell_due(now: datetime) -> int:
    """Write what is due to be told; how many messages. One query where nothing is.

    Safe to repeat and in parallel. A training of which something cannot be told is logged, and keeps no other waiting.
    """
    return sum([_told(page, now) for page in concerned(now)])


def _told(page: TrainingPage, now: datetime) -> int:
    try:
        return tell(page, now)
    except Exception:
        logger.exception("The news of training %s cannot be told", page.pk)
        return 0


def tell(page: TrainingPage, now: datetime) -> int:
    """Write what is due to be told of one training, read together with its book."""
    training, materials, count = announced(page), fingerprint(page), 0
    if announcing.has_news(page.training_book, training):
        count += announcing.announce(training, now)
    count += reminding.remind(training, now)
    if reminding.has_new_materials(page.training_book, materials):
        count += reminding.materials_ready(training, fingerprint=materials, now=now)
    if page.ends_at is not None and page.ends_at <= now and training_survey.is_open(page, now):
        count += survey_letters.ask(training)
    return count
