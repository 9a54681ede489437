"""The only writer of individual terms: more time, attempts or days for one person in one quiz."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from elearning.accounts.models import User

from . import attempt_rules, attempts
from .attempt_rules import Allowance, Rules
from .models import Attempt, Enrolment, Extension
from .outline import Item


class NoReason(ValueError):
    """Individual terms need a reason."""


class NothingGranted(ValueError):
    """The terms are those the person has anyway."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person gets, and why; without any more than the rules it takes back what was granted before."""

    allowance: Allowance
    reason: str


def extend(*, enrolment: Enrolment, item: Item, grant: Grant, by: User, now: datetime) -> tuple[Extension, bool]:
    """Grant terms of one's own; the row, and whether it is new: a repeated request gets the one that was made.

    The newest grant holds, also for the attempt that is open: it ends when these terms say. Raises `NoReason`, and
    `NothingGranted` where nothing is given that could be taken back either.
    """
    if not grant.reason.strip():
        raise NoReason
    with transaction.atomic():
        opened, mine = _locked(enrolment, item)
        newest = mine.extensions.filter(item=item.id).order_by("pk").last()
        if newest and _repeats(newest, grant, by):
            return newest, False
        if grant.allowance == attempt_rules.NOTHING_MORE and newest is None:
            raise NothingGranted
        made = Extension.objects.create(
            enrolment=mine,
            page_id=item.page_id,
            item=item.id,
            minutes=grant.allowance.minutes,
            attempts=grant.allowance.attempts,
            closes_at=grant.allowance.closes_at,
            reason=grant.reason,
            granted_by=by,
            granted_at=now,
        )
        if opened:
            rules = Rules.of(opened.rules)
            opened.deadline_at = attempt_rules.deadline(rules, started_at=opened.started_at, allowance=grant.allowance)
            opened.save(update_fields=["deadline_at"])
    return made, True


def _locked(enrolment: Enrolment, item: Item) -> tuple[Attempt | None, Enrolment]:
    """The person's open attempt, if there is one, and the enrolment: locked in the order in which every verb does."""
    opened = Attempt.objects.filter(enrolment=enrolment.pk, item=item.id, submitted_at=None)
    try:
        attempt = attempts.locked(opened)
    except Attempt.DoesNotExist:
        mine = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        # One that was started while this waited for the enrolment.
        return opened.select_for_update(of=("self",)).first(), mine
    return attempt, attempt.enrolment


def _repeats(newest: Extension, grant: Grant, by: User) -> bool:
    """Whether the request is the very one that made the newest row: a double click or a retry."""
    terms = Allowance(minutes=newest.minutes, attempts=newest.attempts, closes_at=newest.closes_at)
    return (newest.granted_by_id, terms, newest.reason) == (by.pk, grant.allowance, grant.reason)
