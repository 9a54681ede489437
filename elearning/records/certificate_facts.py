"""What a certificate says: frozen at issue, and put into words in one way for the sheet and for its verification."""

from datetime import date
from decimal import Decimal
from typing import TypedDict

from elearning.cms.templatetags.polish import plural, polish_date

from .models import Enrolment
from .outline import CertificateTerms, Outline

# Raised when the sheet changes its looks; a file is made from its facts once and then never again.
LAYOUT = 1

# What an editor may correct in a replacement. Numbers, dates and results stay as they were.
CORRECTABLE = ("name", "course", "organiser", "place", "signatory_name", "signatory_function")


class Facts(TypedDict):
    """Everything printed. Days are ISO dates, `hours` teaching hours, `result` whole percents, None without tests.

    `logo` is the name of a file in the private storage, named after its content.
    """

    layout: int
    number: str
    code: str
    verification_url: str
    name: str
    course: str
    hours: int
    form: str
    programme: list[str]
    began: str
    completed: str
    issued: str
    result: int | None
    organiser: str
    place: str
    signatory_name: str
    signatory_function: str
    project: str
    funding_text: str
    logo: str
    logo_alt: str


class Identity(TypedDict):
    """What tells one certificate from all others."""

    number: str
    code: str
    verification_url: str
    issued: str


def gather(
    enrolment: Enrolment, outline: Outline, *, identity: Identity, completed: date, began: date, score: Decimal | None
) -> Facts:
    """The facts of a certificate as they stand now; the logo strip still has to be copied."""
    terms = outline.certificate or CertificateTerms()
    return Facts(
        layout=LAYOUT,
        **identity,
        name=" ".join(str(enrolment.user).split()),
        course=outline.title,
        hours=terms.hours,
        form=terms.form,
        programme=list(terms.programme),
        began=began.isoformat(),
        completed=completed.isoformat(),
        # Rounded down: 69.9 % never reads as 70 %.
        result=int(score * 100) if score is not None else None,
        organiser=terms.organiser,
        place=terms.place,
        signatory_name=terms.signatory_name,
        signatory_function=terms.signatory_function,
        project=terms.project_name,
        funding_text=terms.funding_text,
        logo="",
        logo_alt=terms.logo_strip_alt,
    )


def day(iso: str) -> str:
    """A day in words, „7 października 2026 r.”, that no line break tears apart."""
    return polish_date(date.fromisoformat(iso))


def period(facts: Facts) -> str:
    """From enrolment to completion."""
    if facts["began"] == facts["completed"]:
        return day(facts["completed"])
    return f"od {day(facts['began'])} do {day(facts['completed'])}"


def teaching_hours(hours: int) -> str:
    """„1 godzina dydaktyczna (45 minut)”, „6 godzin dydaktycznych (po 45 minut)”."""
    each = "" if hours == 1 else "po\xa0"
    words = plural(hours, "godzina dydaktyczna,godziny dydaktyczne,godzin dydaktycznych")
    return f"{hours}\xa0{words} ({each}45\xa0minut)"


def course_rows(facts: Facts) -> list[tuple[str, str]]:
    """Label and value of what is printed about the course; what is not known is left out."""
    rows = [
        ("Wymiar", teaching_hours(facts["hours"]) if facts["hours"] else ""),
        ("Forma", facts["form"]),
        ("Okres", period(facts)),
        ("Wynik testów", f"{facts['result']}%" if facts["result"] is not None else ""),
        ("Organizator", facts["organiser"]),
        ("Projekt", facts["project"]),
    ]
    return [(label, value) for label, value in rows if value]
