"""Plain builders of test data. Each saves what it returns and publishes pages as an editor would."""

from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from courses.models import CatalogueIndexPage, CoursePage, LessonPage, ModulePage, Question, QuestionCategory, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.cms.models import HomePage
from elearning.institutions.models import Institution
from elearning.records import recording
from elearning.records.models import Enrolment
from elearning.records.outline import Item, Outcome, Outline, Progress, Status

PASSWORD = "dobre-haslo-na-testy"

_numbers = count(1)


def site() -> HomePage:
    """The home page and the catalogue, made anew where a flushed database has lost Wagtail's root."""
    if existing := HomePage.objects.first():
        return existing
    Locale.objects.get_or_create(language_code="pl")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Modele Kooperacji", slug="start"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Modele Kooperacji"}
    )
    home.add_child(instance=CatalogueIndexPage(title="Katalog kursów", slug="kursy"))
    return home


def publish(page: Page) -> Any:
    """Save a revision and publish it; the published page, read anew."""
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def institution(name: str = "PCPR w Przykładowie", kind: str = "pcpr", **fields: Any) -> Institution:
    return Institution.objects.get_or_create(name=name, defaults={"kind": kind, **fields})[0]


def user(first_name: str = "Anna", last_name: str = "Żółć-Śćibor", *, email: str = "", **fields: Any) -> User:
    """A person with a confirmed address and the password `PASSWORD`."""
    address = email or f"osoba{next(_numbers)}@example.org"
    person = User.objects.create_user(address, PASSWORD, first_name=first_name, last_name=last_name, **fields)
    person.emailaddress_set.create(email=person.email, primary=True, verified=True)
    return person


def course(title: str = "Kurs", *, lessons: int = 2, publish_now: bool = True, **fields: Any) -> CoursePage:
    """A published course with one module of that many lessons."""
    site()
    catalogue = CatalogueIndexPage.objects.get()
    page = catalogue.add_child(
        instance=CoursePage(title=title, slug=fields.pop("slug", f"kurs-{next(_numbers)}"), track="rural", **fields)
    )
    part = module(page)
    for number in range(1, lessons + 1):
        lesson(part, title=f"Lekcja {number}")
    return publish(_fresh(page)) if publish_now else page


def module(parent: CoursePage, title: str = "Moduł", **fields: Any) -> ModulePage:
    fields.setdefault("slug", f"modul-{next(_numbers)}")
    return publish(_fresh(parent).add_child(instance=ModulePage(title=title, **fields)))


def lesson(parent: ModulePage | CoursePage, title: str = "Lekcja", *, body: Any = None, **fields: Any) -> LessonPage:
    """A lesson with one paragraph; for a course, in its first module. `body=[]` makes it empty."""
    where = parent if isinstance(parent, ModulePage) else ModulePage.objects.child_of(parent).first()
    text = [("paragraph", "<p>Treść lekcji.</p>")] if body is None else body
    fields.setdefault("slug", f"lekcja-{next(_numbers)}")
    return publish(_fresh(where).add_child(instance=LessonPage(title=title, body=text, **fields)))


def quiz(parent: ModulePage | CoursePage, title: str = "Test", *, questions: Any = (), **fields: Any) -> QuizPage:
    """A quiz that asks these questions of the bank; for a course, in its first module."""
    where = parent if isinstance(parent, ModulePage) else ModulePage.objects.child_of(parent).first()
    stream = [("question", {"question": question, "points": 1}) for question in questions]
    fields.setdefault("slug", f"test-{next(_numbers)}")
    return publish(_fresh(where).add_child(instance=QuizPage(title=title, questions=stream, **fields)))


def category(name: str = "Wspólne") -> QuestionCategory:
    return QuestionCategory.objects.get_or_create(name=name)[0]


def question(kind: str, data: dict[str, Any], title: str = "Pytanie") -> Question:
    """A question of the bank. `data` is the value of the kind's block."""
    made = Question(category=category(), title=title, content=[(kind, data)])
    made.save()
    made.save_revision()
    return made


def enrolment(user: User, course: CoursePage) -> Enrolment:
    return recording.enrol(user=user, outline=outline_of(course))


def done(item: Item, score: str | None = None) -> Outcome:
    """The outcome of having completed an item."""
    return Outcome(
        item_id=item.id,
        status=Status.COMPLETED,
        at=timezone.now(),
        score=Decimal(score) if score is not None else None,
    )


def complete(enrolment: Enrolment, outline: Outline, *, items: int | None = None) -> Progress | None:
    """Complete the first `items` items, or all of them, as a learner would."""
    reached = None
    for item in outline.items[:items]:
        score = "0.8" if item.pass_mark is not None else None
        reached = recording.record(enrolment=enrolment, outline=outline, outcome=done(item, score))
    return reached


def _fresh(page: Page) -> Page:
    """The page as treebeard needs it to add a child: with its present number of children."""
    return type(page).objects.get(pk=page.pk)
