"""What a certificate says: frozen at issue, and put into words in one way for the sheet and for its verification."""

from datetime import date
from decimal import Decimal
from typing import NotRequired, TypedDict

from elearning.cms.templatetags.polish import plural, polish_date

from .models import Enrolment, Registration
from .outline import CertificateTerms, Outline
from .presence import Verdict
from .training import Training

# Raised when the sheet changes its looks; a file is made from its facts once and then never again.
LAYOUT = 2
COURSE_COMPLETED = "ukończył/ukończyła kurs"
COURSE_PROGRAMME = "Program kursu"
# In what somebody took part, by the kind of a training as its page says it.
IN_TRAINING = {
    "szkolenie kompetencyjne": "szkoleniu kompetencyjnym",
    "webinarium": "webinarium",
    "konferencja": "konferencji",
    "spotkanie": "spotkaniu",
}

# What an editor may correct in a replacement. Numbers, dates and results stay as they were.
CORRECTABLE = ("name", "course", "organiser", "place", "signatory_name", "signatory_function")


class Facts(TypedDict):
    """Everything printed. Days are ISO dates, `hours` teaching hours, `result` whole percents, None without tests.

    `logo` is the name of a file in the private storage, named after its content. The last ones came with layout 2:
    `statement` says what the person did, `subject` names what `course` is, `attended` the presence at a training.
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
    statement: NotRequired[str]
    subject: NotRequired[str]
    attended: NotRequired[str]


class Identity(TypedDict):
    """What tells one certificate from all others."""

    number: str
    code: str
    verification_url: str
    issued: str


def gather(
    enrolment: Enrolment, outline: Outline, *, identity: Identity, completed: date, began: date, score: Decimal | None
) -> Facts:
    """The facts of a certificate of a course as they stand now; the logo strip still has to be copied."""
    facts = _of_terms(outline.certificate or CertificateTerms(), identity, began=began, completed=completed)
    facts["name"] = " ".join(str(enrolment.user).split())
    facts["course"] = outline.title
    # Rounded down: 69.9 % never reads as 70 %.
    facts["result"] = int(score * 100) if score is not None else None
    return facts


def gather_training(registration: Registration, training: Training, verdict: Verdict, identity: Identity) -> Facts:
    """The same for a training that somebody took part in, from its first day to its last."""
    dates = [day.date for day in training.schedule.days]
    terms = training.certificate or CertificateTerms()
    facts = _of_terms(terms, identity, began=min(dates), completed=max(dates))
    facts["name"] = " ".join(registration.name.split())
    facts["course"] = training.title
    facts["statement"] = f"wziął/wzięła udział w\xa0{IN_TRAINING.get(training.kind, 'wydarzeniu')}"
    facts["subject"] = "Wydarzenie"
    facts["attended"] = verdict.figures
    return facts


def _of_terms(terms: CertificateTerms, identity: Identity, *, began: date, completed: date) -> Facts:
    return Facts(
        layout=LAYOUT,
        **identity,
        name="",
        course="",
        hours=terms.hours,
        form=terms.form,
        programme=list(terms.programme),
        began=began.isoformat(),
        completed=completed.isoformat(),
        result=None,
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
        ("Obecność", facts.get("attended", "")),
        ("Wynik testów", f"{facts['result']}%" if facts["result"] is not None else ""),
        ("Organizator", facts["organiser"]),
        ("Projekt", facts["project"]),
    ]
    return [(label, value) for label, value in rows if value]
