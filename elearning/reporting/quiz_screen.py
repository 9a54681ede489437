"""One quiz as its screen shows it: facts, histogram, reliability, rows of the table. Words and places only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from elearning.cms.templatetags.polish import plural

from . import charts, wording
from .charts import Chart
from .figures import Figure
from .quiz_analysis import BINS, Quiz, Reliability
from .quiz_rows import Row
from .samples import Sample
from .wording import NBSP

# Moodle (docs.moodle.org/dev/Quiz_report_statistics): 75 per cent and more satisfactory, under 64 remedial measures.
GOOD_ALPHA, POOR_ALPHA = 0.75, 0.64
ATTEMPTS = "podejście,podejścia,podejść"


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its name, and beside it what it means or why there is none."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """All that stands above the table of questions."""

    facts: tuple[Fact, ...]
    reliability: tuple[Fact, ...]
    histogram: Chart
    bins: tuple[tuple[str, int, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A question in the table. `item_rest` says a reason where there is no number."""

    number: int
    row: Row
    facility: Fact
    deviation: Fact
    item_rest: Fact
    upper_lower: Fact


def of(sample: Sample) -> Screen:
    """The screen of a sample of attempts."""
    quiz = sample.quiz
    bins = tuple(
        (label, count, wording.percent(count / quiz.scored if quiz.scored else None))
        for label, count in zip(_labels(), quiz.histogram, strict=True)
    )
    return Screen(
        facts=_facts(quiz),
        reliability=_reliability(sample.reliability),
        histogram=_histogram(quiz),
        bins=bins,
        notes=_notes(sample),
    )


def rows(found: Iterable[Row], *, first: int) -> list[TableRow]:
    """The rows of the table, numbered on from `first`."""
    return [
        TableRow(
            number=number,
            row=row,
            facility=fact("", wording.share(row.item.facility), row.item.facility),
            deviation=fact("", wording.points(row.item.deviation), row.item.deviation),
            item_rest=fact("", wording.coefficient(row.item.item_rest), row.item.item_rest),
            upper_lower=fact("", wording.coefficient(row.item.upper_lower), row.item.upper_lower),
        )
        for number, row in enumerate(found, first)
    ]


def fact(label: str, value: str, figure: Figure, note: str = "") -> Fact:
    """A figure with what it means, or with the reason why there is none."""
    return Fact(label, value, note if figure.known else figure.reason)


def _facts(quiz: Quiz) -> tuple[Fact, ...]:
    waiting = quiz.attempts - quiz.scored
    return (
        Fact("Podejścia", str(quiz.attempts), f"Na ocenę czeka: {waiting}." if waiting else ""),
        fact("Zaliczone", wording.share(quiz.pass_rate), quiz.pass_rate),
        fact("Średni wynik", wording.share(quiz.mean), quiz.mean),
        fact("Mediana", wording.share(quiz.median), quiz.median, "Połowa osób ma wynik nie wyższy."),
        fact("Odchylenie standardowe", wording.points(quiz.deviation), quiz.deviation, "Jak bardzo wyniki się różnią."),
        fact("Typowy czas podejścia", wording.minutes(quiz.minutes), quiz.minutes, "Mediana."),
    )


def _reliability(found: Reliability) -> tuple[Fact, ...]:
    basis = ""
    if found.alpha.known:
        words = f"{found.attempts}{NBSP}{plural(found.attempts, ATTEMPTS)}"
        basis = f"{_meaning(found.alpha)} Pytania: {found.questions} z{NBSP}{found.asked}, {words}."
    error = "O tyle wynik jednej osoby mógłby się różnić w\xa0podobnym teście."
    return (
        fact("Rzetelność (alfa Cronbacha)", wording.coefficient(found.alpha), found.alpha, basis),
        fact("Błąd pomiaru", wording.points(found.standard_error), found.standard_error, error),
    )


def _meaning(alpha: Figure) -> str:
    value = alpha.value or 0.0
    if value >= GOOD_ALPHA:
        return "Pytania sprawdzają to samo."
    return "Wynik jest mało pewny. Popraw pytania ze wskazówkami." if value < POOR_ALPHA else "Wynik jest dość pewny."


def _notes(sample: Sample) -> tuple[str, ...]:
    """What a reader must know before believing the figures."""
    found = sample.reliability
    waiting = sum(len(attempts) for attempts in sample.waiting.values())
    changed = sum(len(versions) > 1 for versions in sample.versions.values())
    notes = [
        (waiting, f"Odpowiedzi, które czekają na ocenę: {waiting}. Wskaźniki ich nie obejmują."),
        (changed, f"Pytania, które zmieniano: {changed}. Wskaźniki łączą wersje. Na stronie pytania wybierzesz jedną."),
        (
            found.questions < found.asked,
            "Nie wszystkie podejścia miały te same pytania. Rzetelność obejmuje tylko pytania zadane wszystkim, "
            "a\xa0każde pytanie porównujemy z\xa0resztą tego podejścia, w\xa0którym padło.",
        ),
    ]
    return tuple(text for holds, text in notes if holds)


def _histogram(quiz: Quiz) -> Chart:
    labels, counts = _labels(), quiz.histogram
    highest = max(range(BINS), key=lambda number: counts[number])
    most = f"Najwięcej podejść, {counts[highest]}, ma wynik {labels[highest]}." if quiz.scored else "Nie ma wyników."
    return charts.columns(
        "rozklad-wynikow",
        title="Rozkład wyników",
        description=f"{most} Wszystkie liczby są w\xa0tabeli obok.",
        marks=[str(number * 100 // BINS) for number in range(BINS)],
        counts=counts,
        caption="Wynik od … %",
    )


def _labels() -> Sequence[str]:
    """„0–9%” and so on; the last tenth holds 100 too."""
    step = 100 // BINS
    last = 100 - step
    return [f"{low}–{100 if low == last else low + step - 1}%" for low in range(0, 100, step)]
