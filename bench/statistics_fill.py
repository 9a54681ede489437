"""Fills a throw-away database with attempts at one quiz, takes the time of its statistics, prints both as JSON.

`python -m bench.statistics_fill ATTEMPTS QUESTIONS BANK`, in a process of its own, with the settings of
`bench.server.environment`. People of different knowledge answer questions of different difficulty; one in ten waits.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs Django's apps
from wagtail.models import Page  # noqa: E402

from courses.models import CatalogueIndexPage, CoursePage, ModulePage, QuizPage  # noqa: E402
from elearning.accounts.models import User  # noqa: E402
from elearning.records.models import Answer, Attempt, Enrolment  # noqa: E402
from elearning.reporting import queries, quiz_rows  # noqa: E402

BATCH = 500
ROUNDS = 5
BEGAN = datetime(2026, 1, 1, 8, tzinfo=UTC)
# As long as in the demo course: a question with its options and feedback takes 1 KB.
TEXT = "Zespół interdyscyplinarny powołuje wójt, burmistrz albo prezydent miasta w drodze zarządzenia. " * 2
Frozen = dict[str, Any]


def question(number: int) -> Frozen:
    """A frozen question of four options, the first of them right."""
    options = [
        {"id": f"{number}-{letter}", "text": f"Odpowiedź {letter}", "correct": letter == "a", "feedback": ""}
        for letter in "abcd"
    ]
    data = {"text": f"<p>{TEXT}</p>", "options": options, "feedback": f"<p>{TEXT}</p>"}
    return {
        "question": number,
        "revision": number,
        "title": f"Pytanie {number}",
        "kind": "single_choice",
        "points": 1 + number % 2,
        "data": data,
    }


def quiz() -> QuizPage:
    """A quiz in a course. It needs no questions of its own: attempts have frozen theirs."""
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    catalogue = root.add_child(instance=CatalogueIndexPage(title="Katalog", slug="kursy"))
    course = catalogue.add_child(instance=CoursePage(title="Kurs", slug="kurs", track="rural"))
    module = course.add_child(instance=ModulePage(title="Moduł", slug="modul"))
    page: QuizPage = module.add_child(instance=QuizPage(title="Test", slug="test"))
    return page


def fill(page: QuizPage, attempts: int, asked: int, bank: int) -> None:
    rng = Random(attempts)  # noqa: S311 - the same data in every run
    questions = [question(number) for number in range(1, bank + 1)]
    course = page.get_parent().get_parent()
    people = User.objects.bulk_create(User(email=f"osoba{number}@example.org") for number in range(attempts))
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(user=person, course=course, course_title="Kurs", enrolled_at=BEGAN) for person in people
    )
    for start in range(0, attempts, BATCH):
        rows = [attempt(page, enrolment, rng, questions, asked) for enrolment in enrolments[start : start + BATCH]]
        Attempt.objects.bulk_create(rows)
        Answer.objects.bulk_create((answer for row in rows for answer in answers(row, rng)), batch_size=BATCH * 10)


def attempt(page: QuizPage, enrolment: Enrolment, rng: Random, questions: list[Frozen], asked: int) -> Attempt:
    drawn = rng.sample(questions, asked) if len(questions) > asked else questions
    ended = BEGAN + timedelta(minutes=rng.randrange(100_000))
    return Attempt(
        enrolment=enrolment,
        page_id=page.pk,
        item=page.translation_key,
        number=1,
        title=page.title,
        questions=[{"id": str(UUID(int=rng.getrandbits(128), version=4)), **frozen} for frozen in drawn],
        rules={"pass_mark": "0.7", "shuffle": True},
        started_at=ended - timedelta(minutes=20),
        submitted_at=ended,
        score=Decimal(rng.randrange(10_001)) / 10_000,
        passed=rng.random() < 0.5,
    )


def answers(row: Attempt, rng: Random) -> list[Answer]:
    knowledge = rng.gauss(0.6, 0.2)
    found = []
    for asked in row.questions:
        right = rng.random() < knowledge - asked["question"] % 10 / 20 + 0.2
        letter = "a" if right else rng.choice("bbbccd")
        found.append(
            Answer(
                attempt=row,
                question=UUID(asked["id"]),
                source=asked["question"],
                value=f"{asked['question']}-{letter}",
                saved_at=row.submitted_at or BEGAN,
                score=Decimal(right),
            )
        )
    return found


def timed(page: int) -> dict[str, float]:
    """The seconds of the best round: what the quiz's page of statistics does, without its template."""
    best: dict[str, float] = {}
    for _round in range(ROUNDS):
        began, computed = perf_counter(), process_time()
        sample = queries.sample(page, queries.Scope())
        read = perf_counter()
        figures = (sample.quiz, sample.reliability, sample.items)
        worked_out = perf_counter()
        rows = quiz_rows.of_page(sample, sample.questions[: quiz_rows.PAGE])
        done = perf_counter()
        if not figures or not rows:
            raise RuntimeError("Nothing was measured.")
        times = {"read": read - began, "worked_out": worked_out - read, "words": done - worked_out}
        if not best or done - began < best["total"]:
            best = {**times, "total": done - began, "cpu": process_time() - computed}
    return best


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    made = quiz()
    fill(made, *map(int, sys.argv[1:]))
    weight = sum(len(json.dumps(row)) for row in Attempt.objects.values_list("questions", flat=True)) / 1_000_000
    count = Answer.objects.count()
    sys.stdout.write(json.dumps({**timed(made.pk), "answers": count, "megabytes": weight}))
