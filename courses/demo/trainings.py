"""The trainings of the demo site: those that the sources tell of, and coming ones with dates that move with the day."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from wagtail.models import Page

from courses.models import (
    ConsentClause,
    CoursePage,
    TrainingIndexPage,
    TrainingPage,
    TrainingSeries,
)
from courses.models.trainings import TRAININGS_SLUG
from elearning.accounts.models import User
from elearning.cms.models import Project
from elearning.institutions.models import TerritorialUnit
from library.models import DocumentPage
from media.models import FilmPage

from .files import Table, read

ORGANISER = "Regionalny Ośrodek Polityki Społecznej w\xa0Rzeszowie"
SLIDES = "model-kooperacji-dla-rady-gminy"
SCALE = {"low": "zdecydowanie nie", "high": "zdecydowanie tak"}
SURVEY = [
    ("scale", {"text": "Czy szkolenie przyda Ci się w\xa0pracy?", **SCALE}),
    ("scale", {"text": "Czy osoby prowadzące mówiły jasno?", **SCALE}),
    ("choice", {"text": "Tempo było:", "choices": "za wolne\nw\xa0sam raz\nza szybkie", "multiple": False}),
    ("open_text", {"text": "Co zmienić następnym razem?"}),
]


def build(home: Page, project: Project) -> dict[str, TrainingPage]:
    """The list with its trainings by their slugs; those that are there stay as they are, with their dates."""
    texts = read("trainings.toml")
    index = TrainingIndexPage.objects.first() or _published(
        home,
        TrainingIndexPage(
            title=texts["index"]["title"], slug=TRAININGS_SLUG, lead=texts["index"]["lead"], show_in_menus=True
        ),
    )
    for row in texts["series"]:
        TrainingSeries.objects.get_or_create(name=row["name"], defaults={"about": row["about"]})
    for row in texts["clause"]:
        defaults = {"text": row["text"], "required": row["required"]}
        ConsentClause.objects.get_or_create(name=row["name"], defaults=defaults)
    return {row["slug"]: _training(index, row, project) for row in texts["training"]}


def rosters() -> dict[str, str]:
    """Which people are registered for a training, by its slug: a name that `registrations` knows."""
    return {row["slug"]: row["roster"] for row in read("trainings.toml")["training"] if "roster" in row}


def _training(index: Page, texts: Table, project: Project) -> TrainingPage:
    existing = TrainingPage.objects.filter(slug=texts["slug"]).first()
    if existing is not None:
        return existing
    page = TrainingPage(
        title=texts["title"],
        slug=texts["slug"],
        kind=texts["kind"],
        lead=texts["lead"],
        about=texts["about"],
        audience=texts.get("audience", ""),
        mode=texts["mode"],
        is_sample=texts["sample"],
        project=project,
        organiser=texts.get("organiser", ORGANISER),
        gives_certificates=texts["certificates"],
        series=TrainingSeries.objects.filter(name=texts.get("series")).first(),
        place=TerritorialUnit.objects.filter(code=texts.get("place")).first(),
        related_course=CoursePage.objects.filter(slug=texts.get("course")).first(),
        days=_days(texts),
        **_where(texts),
        **_tracks(texts),
        **_registration(texts),
        **_afterwards(texts),
    )
    if page.has_registration:
        page.clauses = list(ConsentClause.objects.all())
        page.staff = list(User.objects.filter(email="tomasz@example.org"))
    return _published(index, page)


def _where(texts: Table) -> dict[str, Any]:
    names = ("venue", "address", "directions", "join_url", "join_help")
    return {
        **{name: texts.get(name, "") for name in names},
        "accessibility": ""
        if texts["mode"] == "online"
        else "Wejście bez schodów. Pętla indukcyjna na sali. Tłumaczenie na PJM po zgłoszeniu 7\xa0dni wcześniej.",
        "contact_name": "Joanna Kamińska",
        "contact_email": "joanna@example.org",
        "certificate_place": "Rzeszów",
        "signatory_name": "Anna Przykładowa",
        "signatory_function": "Dyrektor ROPS w\xa0Rzeszowie (treść przykładowa)",
    }


def _tracks(texts: Table) -> dict[str, bool]:
    tracks = ("rural", "urban_rural", "urban")
    return {track: track in texts.get("tracks", tracks) for track in tracks}


def _registration(texts: Table) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "has_registration": texts.get("registration", True),
        "needs_account": texts.get("needs_account", False),
        "capacity": texts.get("capacity"),
        "approval": texts.get("approval", False),
        "offer_hours": texts.get("offer_hours"),
        "called_off": "called_off" in texts,
        "called_off_reason": texts.get("called_off", ""),
    }
    if "opens_in_days" in texts:
        opens = timezone.localdate() + timedelta(days=texts["opens_in_days"])
        fields["registration_opens_at"] = timezone.make_aware(datetime.combine(opens, time(8)))
    if "question" in texts:
        question = {"text": texts["question"], "hint": "", "kind": "yes_no", "choices": "", "required": False}
        fields["questions"] = [("question", question)]
    return fields


def _afterwards(texts: Table) -> dict[str, Any]:
    fields: dict[str, Any] = {"survey": SURVEY if texts.get("survey") else []}
    if not texts.get("materials"):
        return fields
    slides, film = DocumentPage.objects.filter(slug=SLIDES).first(), FilmPage.objects.live().first()
    fields["materials"] = [
        *([("template", {"title": "Slajdy", "audience": "all", "document": slides})] if slides else []),
        *([("film", {"title": "Nagranie", "audience": "all", "film": film})] if film else []),
        ("link", {"title": "Strona organizatora", "audience": "participants", "url": "https://www.rops.rzeszow.pl/"}),
    ]
    return fields


def _days(texts: Table) -> list[dict[str, Any]]:
    first = _first_day(texts)
    return [
        {
            "type": "day",
            "id": str(uuid4()),
            "value": {
                "date": (first + timedelta(days=number)).isoformat(),
                "blocks": [{"type": "item", "id": str(uuid4()), "value": _block(row)} for row in rows],
            },
        }
        for number, rows in enumerate(texts["days"])
    ]


def _block(row: Table) -> dict[str, Any]:
    clock = {name: f"{row[name]:0>5}:00" for name in ("start", "end")}
    return {**row, **clock}


def _first_day(texts: Table) -> date:
    """The date that a source names, or the next such day of the week."""
    if "on" in texts:
        on: date = texts["on"]
        return on
    day = timezone.localdate() + timedelta(days=texts["in_days"])
    return day + timedelta(days=(texts["weekday"] - day.weekday()) % 7)


def _published(parent: Page, page: Page) -> Any:
    child = Page.objects.get(pk=parent.pk).add_child(instance=page)
    child.save_revision().publish()
    return child
