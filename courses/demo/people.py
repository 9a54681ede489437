"""The people of the demo site and what they have done so far."""

from datetime import datetime, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.institutions.models import Institution, TerritorialUnit
from elearning.records import recording
from elearning.records.outline import ItemKind, Outcome, Status

from .files import Table, read

PASSWORD = "kooperacja-demo"  # noqa: S105 - printed at every start of the demo
GROUPS = {"editor": "Redakcja", "trainer": "Prowadzący", "coordinator": "Koordynacja"}
# Each learner of the class began a day after the one before.
FIRST_DAY = timedelta(days=40)


def build() -> None:
    """Institutions, people of every role, and a class of learners at different points of progress."""
    texts = read("site.toml")
    for row in texts["institution"]:
        _institution(row)
    for number, row in enumerate(texts["person"]):
        person = _person(row)
        began = timezone.now() - FIRST_DAY + timedelta(days=number)
        for step in row["progress"]:
            _learn(person, step["course"], share=Decimal(str(step["share"])), began=began)


def logins() -> list[tuple[str, str]]:
    """Role and e-mail of one person of each role, for the terminal. The password is the same for all."""
    roles = {
        "learner": "uczestniczka kursu",
        "editor": "redaktorka ROPS",
        "trainer": "prowadzący",
        "coordinator": "koordynatorka",
        "administrator": "administrator",
    }
    people = read("site.toml")["person"]
    firsts = [(role, next(row["email"] for row in people if row["role"] == role)) for role in roles]
    return [*((roles[role], email) for role, email in firsts), ("uczestnik webinaru", "krzysztof@example.org")]


def _institution(row: Table) -> None:
    unit = TerritorialUnit.objects.filter(code=row["teryt"]).first()
    Institution.objects.get_or_create(name=row["name"], defaults={"kind": row["kind"], "unit": unit})


def _person(row: Table) -> User:
    existing = User.objects.filter(email=row["email"]).first()
    if existing is not None:
        return existing
    is_administrator = row["role"] == "administrator"
    person = User.objects.create_user(
        row["email"],
        PASSWORD,
        first_name=row["first_name"],
        last_name=row["last_name"],
        function=row["function"],
        institution=Institution.objects.filter(name=row["institution"]).first(),
        institution_name=row.get("institution_name", ""),
        is_staff=row["role"] != "learner",  # shows the link to the admin
        is_superuser=is_administrator,
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if group := GROUPS.get(row["role"]):
        person.groups.add(Group.objects.get(name=group))
    return person


def _learn(person: User, slug: str, *, share: Decimal, began: datetime) -> None:
    """Do that share of a course, two items a day; nothing for the one who is enrolled already."""
    course = CoursePage.objects.get(slug=slug)
    if person.enrolments.filter(course=course.pk).exists():
        return
    outline = outline_of(course)
    enrolment = recording.enrol(user=person, outline=outline, at=began)
    for number, item in enumerate(outline.items[: int(share * len(outline.items))]):
        score = _score(person, number) if item.kind is ItemKind.QUIZ else None
        at = min(began + timedelta(hours=12 * number), timezone.now())
        outcome = Outcome(item_id=item.id, status=Status.COMPLETED, at=at, score=score)
        recording.record(enrolment=enrolment, outline=outline, outcome=outcome)


def _score(person: User, number: int) -> Decimal:
    """A passing score that differs from person to person and is the same in every run."""
    return Decimal(70 + (len(person.last_name) * 7 + number * 3) % 31) / 100
