"""One question of a quiz as its screen shows it: figures, versions, and the answers given to one version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from courses.questions.base import words

from . import charts, hints, queries, quiz_rows, wording
from .charts import Chart
from .distributions import Distribution, Line
from .figures import FEWEST, Figure
from .hints import Hint
from .item_analysis import Item
from .quiz_analysis import median
from .quiz_screen import Fact, fact
from .samples import Sample

NO_TIME = "Za mało odpowiedzi zapisanych osobno, żeby znać ich czas."
ALL, WITHOUT_REVISION = "", "bez"


class UnknownVersion(LookupError):
    """The sample does not ask the question in that version."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the question: its mark in the address, and what it did."""

    mark: str
    label: str
    facts: tuple[Fact, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of the table of answers, in words. `note` says what is remarkable about it."""

    line: Line
    verdict: str
    share: str
    mean_total: str
    note: str


@dataclass(frozen=True, slots=True)
class Screen:
    """All of the page. `chart` is None where no answer was given or the question cannot be read any more."""

    title: str
    prompt: str
    facts: tuple[Fact, ...]
    hints: tuple[Hint, ...]
    versions: tuple[VersionRow, ...]
    chosen: str
    shown: str
    chart: Chart | None
    rows: tuple[AnswerRow, ...]
    blank: AnswerRow | None
    notes: tuple[str, ...]


def of(sample: Sample, question: int, mark: str, *, minutes: Sequence[float] = ()) -> Screen:
    """The screen of a question; `mark` chooses a version, "" all. Answers are always those of one version.

    `minutes` are the times of its answers, of all versions. One query. Raises `UnknownVersion`.
    """
    revisions = sample.versions[question]
    marks = {_mark(revision): revision for revision in revisions}
    if mark and mark not in marks:
        raise UnknownVersion(mark)
    shown = marks[mark] if mark else revisions[0]
    version = (question, shown)
    frozen = queries.frozen(sample, [version])[version]
    item = sample.item(question, attempts=sample.asked_as(question, shown)) if mark else sample.items[question]
    found = quiz_rows.distribution(sample, version, frozen)
    several = len(revisions)
    return Screen(
        title=frozen.title,
        prompt=words(frozen.question.prompt) if frozen.question else quiz_rows.UNREADABLE,
        facts=(*_facts(item), _time(minutes)),
        hints=hints.of_question(item, found, versions=1 if mark else several),
        versions=tuple(_versions(sample, question, mark)) if several > 1 else (),
        chosen=mark,
        shown=_label(shown) if several > 1 else "",
        chart=_chart(found) if found and found.lines else None,
        rows=tuple(_row(sample, found, line) for line in found.lines) if found else (),
        blank=_blank(sample, found) if found and found.blank else None,
        notes=_notes(found),
    )


def _facts(item: Item) -> tuple[Fact, ...]:
    return (
        Fact("Ocenione odpowiedzi", str(item.answers), f"Na ocenę czeka: {item.waiting}." if item.waiting else ""),
        fact("Łatwość", wording.share(item.facility), item.facility, "Średnia część punktów za to pytanie."),
        fact("Odchylenie standardowe", wording.points(item.deviation), item.deviation),
        fact(
            "Różnicowanie",
            wording.coefficient(item.item_rest),
            item.item_rest,
            "Związek z\xa0wynikiem z\xa0pozostałych pytań, od −1 do 1.",
        ),
        fact(
            "Najlepsi i\xa0najsłabsi",
            wording.coefficient(item.upper_lower),
            item.upper_lower,
            "Różnica łatwości między 27% osób z\xa0najwyższym i\xa0najniższym wynikiem.",
        ),
    )


def _time(minutes: Sequence[float]) -> Fact:
    typical = median(minutes, reason=NO_TIME) if len(minutes) >= FEWEST else Figure(None, NO_TIME)
    return fact("Typowy czas odpowiedzi", wording.minutes(typical), typical, "Mediana czasu od poprzedniego zapisu.")


def _versions(sample: Sample, question: int, chosen: str) -> Iterable[VersionRow]:
    for revision in sample.versions[question]:
        item = sample.item(question, attempts=sample.asked_as(question, revision))
        yield VersionRow(_mark(revision), _label(revision), _facts(item), _mark(revision) == chosen)


def _row(sample: Sample, found: Distribution, line: Line) -> AnswerRow:
    verdicts = {True: "poprawna", False: "błędna", None: ""}
    note = ""
    if found.options and line.correct is False and found.total >= hints.HINTS_FROM:
        note = "Rzadko wybierana." if hints.is_rare(found, line) else ""
        note = note if line.count else "Tej odpowiedzi nikt nie wybiera."
    return AnswerRow(
        line=line,
        verdict=verdicts[line.correct],
        share=wording.percent(found.share(line.count)),
        mean_total=wording.percent(sample.mean_total(line.attempts)),
        note=note,
    )


def _blank(sample: Sample, found: Distribution) -> AnswerRow:
    line = Line(mark="–", text="Bez odpowiedzi", attempts=found.blank, correct=None)
    share, total = wording.percent(found.share(line.count)), wording.percent(sample.mean_total(found.blank))
    return AnswerRow(line, "", share, total, "")


def _chart(found: Distribution) -> Chart:
    rows = [(line.mark, line) for line in found.lines]
    bars = [
        (
            mark,
            found.share(line.count),
            f"{wording.percent(found.share(line.count))}{' ✓' if line.correct else ''}",
            bool(line.correct),
        )
        for mark, line in rows
    ]
    if found.blank:
        share = found.share(len(found.blank))
        bars.append(("–", share, wording.percent(share), False))
    return charts.bars(
        "odpowiedzi",
        title="Jak często wybierano każdą odpowiedź",
        description="Słupek to część osób, które dostały to pytanie. Poprawne odpowiedzi mają znak ✓. "
        "Treść odpowiedzi i\xa0liczby są w\xa0tabeli obok.",
        rows=bars,
    )


def _notes(found: Distribution | None) -> tuple[str, ...]:
    if found is None:
        return ("Treści tego pytania nie można już odczytać, dlatego nie pokazujemy odpowiedzi.",)
    notes = [
        (found.several and bool(found.lines), "Jedna osoba może być w\xa0kilku wierszach, więc suma przekracza 100%."),
        (found.left_out, f"Rzadszych odpowiedzi nie ma w\xa0tabeli: {found.left_out}."),
        (not found.lines and found.answered, "Odpowiedzi opisowych nie zestawiamy. Znajdziesz je w\xa0eksporcie."),
    ]
    return tuple(text for holds, text in notes if holds)


def _mark(revision: int | None) -> str:
    return WITHOUT_REVISION if revision is None else str(revision)


def _label(revision: int | None) -> str:
    return "Wersja bez numeru" if revision is None else f"Wersja {revision}"
