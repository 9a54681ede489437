"""Who registered for the trainings of the demo site, in every state there is, and what came of it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings.survey import questions_of
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance, recording, registration, surveys
from elearning.records.models import Registration
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from elearning.records.training import Training

from .files import Table, read
from .trainings import rosters

# How people of the training that is over answered its survey: two scales, a choice, own words.
OPINIONS = (
    ("5", "5", "w\xa0sam raz", "Więcej czasu na warsztat o\xa0IPW."),
    ("5", "4", "w\xa0sam raz", ""),
    ("4", "5", "za szybkie", "Prosimy o\xa0kontynuację za pół roku."),
    ("4", "4", "w\xa0sam raz", ""),
    ("5", "5", "w\xa0sam raz", "Dobre przykłady z\xa0gmin."),
    ("3", "4", "za szybkie", ""),
)


def build(pages: dict[str, TrainingPage]) -> None:
    """Fill the trainings that nobody has registered for yet."""
    for slug, roster in rosters().items():
        page = pages[slug]
        if not Registration.objects.filter(training=page.pk).exists():
            ROSTERS[roster](page)


def _past_course(page: TrainingPage) -> None:
    """A training that is over: who was there all the time has a certificate, and most answered the survey."""
    training, first = training_of(page), _day_before(page, days=20)
    people = _learners()[:9]
    registered = [
        _register(training, person, now=first + timedelta(hours=number)) for number, person in enumerate(people)
    ]
    absent = {registered[-1].pk: 1, registered[-2].pk: 3}
    trainer = User.objects.get(email="tomasz@example.org")
    blocks = [block.id for block in training.schedule.blocks]
    for one in registered:
        missed = absent.get(one.pk, 0)
        there, away = blocks[: len(blocks) - missed], blocks[len(blocks) - missed :]
        attendance.mark(
            one, training, there, Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=trainer, at=page.ends_at)
        )
        if away:
            attendance.mark(
                one,
                training,
                away,
                Presence.ABSENT,
                attendance.Voice(source=Source.TRAINER, by=trainer, at=page.ends_at),
            )
    for one in registered:
        with suppress(recording.NotEarned):
            recording.certify(one, training)
    for one, opinion in zip(registered, OPINIONS, strict=False):
        _answer(page, one, opinion)


def _full_course(page: TrainingPage) -> None:
    """All places are taken: some wait, one place is offered, one offer has lapsed, one address is not confirmed."""
    training, now = training_of(page), timezone.now()
    begun = now - timedelta(days=6)
    people = _learners()[:13]
    registered = [
        _register(training, person, now=begun + timedelta(minutes=number)) for number, person in enumerate(people)
    ]
    registration.cancel(training, registered[3], now=now - timedelta(days=5))
    registration.settle(training, now - timedelta(days=1))
    _register_guest(training, _guests()[0], now=now - timedelta(hours=3))


def _past_webinar(page: TrainingPage) -> None:
    """A webinar that is over, with people who have no account, and the report of the meeting."""
    training, first = training_of(page), _day_before(page, days=8)
    registered = [_confirmed(training, guest, now=first) for guest in _guests()]
    registered.append(_register(training, User.objects.get(email="krzysztof@example.org"), now=first))
    editor = User.objects.get(email="anna@example.org")
    blocks = [block.id for block in training.schedule.blocks]
    for number, one in enumerate(registered):
        there = blocks[: 1 if number == 2 else None]
        attendance.mark(
            one, training, there, Presence.PRESENT, attendance.Voice(source=Source.TRAINER, by=editor, at=page.ends_at)
        )


def _coming_webinar(page: TrainingPage) -> None:
    training, now = training_of(page), timezone.now()
    for email in ("krzysztof@example.org", "marta@example.org"):
        _register(training, User.objects.get(email=email), now=now - timedelta(days=2))
    for guest in _guests()[:4]:
        _confirmed(training, guest, now=now - timedelta(days=1))


def _approval(page: TrainingPage) -> None:
    """The organiser has decided about some, others wait."""
    training, now = training_of(page), timezone.now()
    people = _learners()[:6]
    registered = [_register(training, person, now=now - timedelta(days=3)) for person in people]
    editor = User.objects.get(email="anna@example.org")
    registration.decide(training, registered[:2], to=Standing.ADMITTED, by=editor, now=now - timedelta(days=1))
    registration.decide(
        training,
        registered[2:3],
        to=Standing.REJECTED,
        by=editor,
        note="To szkolenie jest dla regionalnych ośrodków. Zapraszamy na szkolenie dla PCPR.",
        now=now - timedelta(days=1),
    )


ROSTERS: dict[str, Callable[[TrainingPage], None]] = {
    "past_course": _past_course,
    "full_course": _full_course,
    "past_webinar": _past_webinar,
    "coming_webinar": _coming_webinar,
    "approval": _approval,
}


def _learners() -> list[User]:
    """The learners of the demo site, Marta first."""
    return list(
        User.objects.filter(is_staff=False, email__endswith="@example.org").select_related("institution").order_by("pk")
    )


def _guests() -> list[Table]:
    guests: list[Table] = read("trainings.toml")["guest"]
    return guests


def _day_before(page: TrainingPage, *, days: int) -> datetime:
    starts_at = page.starts_at or timezone.now()
    return starts_at - timedelta(days=days)


def _register(training: Training, person: User, *, now: datetime) -> Registration:
    applicant = registration.Applicant(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        institution_id=person.institution_id,
        institution_name=person.institution_name,
        function=person.function,
        clauses=training.clauses,
        user=person,
    )
    return registration.register(training, applicant, now=now).registration


def _register_guest(training: Training, guest: Table, *, now: datetime) -> Registration:
    applicant = registration.Applicant(
        first_name=guest["first_name"],
        last_name=guest["last_name"],
        email=guest["email"],
        institution_name=guest["institution"],
        function=guest["function"],
        clauses=training.clauses,
    )
    return registration.register(training, applicant, now=now).registration


def _confirmed(training: Training, guest: Table, *, now: datetime) -> Registration:
    return registration.confirm(training, _register_guest(training, guest, now=now), now=now + timedelta(minutes=5))


def _answer(page: TrainingPage, one: Registration, opinion: Sequence[str]) -> None:
    questions = questions_of(page)
    answers = {question.id: (said,) if said else () for question, said in zip(questions, opinion, strict=True)}
    surveys.answer(one, questions, answers)
