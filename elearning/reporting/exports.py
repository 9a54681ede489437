"""Attempts and answers of a quiz as a table to take away."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from elearning.cms.tables import Cell

from . import queries
from .queries import Frozen, Person, Scope
from .samples import Sample, Version

HEAD = ["Osoba", "Instytucja", "Podejście", "Początek", "Koniec", "Wynik w\xa0%", "Zaliczone"]
WAITING = "czeka na ocenę"
PASSED = {True: "tak", False: "nie", None: WAITING}


def table(page: int, scope: Scope) -> Iterator[list[Cell]]:
    """The head, then a row for each attempt: who, when, the score, then for each question the answer and its points.

    The answer is in words, as `describe` of its kind says it; a question that was not asked leaves both cells empty.
    """
    sample = queries.sample(page, scope)
    frozen = queries.frozen(sample, sample.given)
    titles = {question: frozen[question, sample.versions[question][0]].title for question in sample.questions}
    yield [*HEAD, *(cell for number, question in enumerate(titles, 1) for cell in _heads(number, titles[question]))]
    answers = _answers(sample, frozen)
    for person in queries.people(page, scope):
        if person.attempt in sample.attempts:
            yield [*_first_cells(person), *_answer_cells(sample, person.attempt, answers)]


def _heads(number: int, title: str) -> tuple[str, str]:
    return f"{number}. {title}: odpowiedź", f"{number}. {title}: punkty"


def _first_cells(person: Person) -> list[Cell]:
    score: Cell = WAITING if person.score is None else _short(person.score * 100)
    moments = [f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" for moment in (person.started_at, person.submitted_at)]
    return [person.name, person.institution, person.number, *moments, score, PASSED[person.passed]]


def _answers(sample: Sample, frozen: dict[Version, Frozen]) -> dict[int, dict[int, str]]:
    """The answers in words by attempt and question; each different answer is put into words once."""
    found: dict[int, dict[int, str]] = {attempt: {} for attempt in sample.attempts}
    for version, given in sample.given.items():
        for text, attempts in given.items():
            words = frozen[version].words(text)
            for attempt in attempts:
                found[attempt][version[0]] = words
    return found


def _answer_cells(sample: Sample, attempt: int, answers: dict[int, dict[int, str]]) -> Iterator[Cell]:
    paper = sample.papers[attempt]
    for question in sample.questions:
        if question not in paper:
            yield from ("", "")
            continue
        share = sample.shares.get(question, {}).get(attempt)
        points: Any = WAITING if share is None else _short(Decimal(str(share)) * Decimal(str(paper[question].points)))
        yield from (answers[attempt].get(question, ""), points)


def _short(number: Decimal) -> Decimal:
    """Two places, without noughts at the end."""
    short = number.quantize(Decimal("0.01")).normalize()
    return short if short.as_tuple().exponent in {0, -1, -2} else short.quantize(Decimal(1))
