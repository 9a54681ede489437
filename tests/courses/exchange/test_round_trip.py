"""What we write we read back as it was, in every format, whatever the texts say."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import courses
from courses.exchange import Effect, Format, Found, read, write
from courses.questions import KINDS, Question, load
from courses.questions.gaps import Gaps
from courses.questions.short_text import ShortText

from .generated import questions

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def essence(question: Found) -> tuple[Any, ...]:
    """All that must come back. Sources of images are numbered anew: what counts is the picture that they name."""
    data = repr(load(question.kind, question.data))
    for image in question.images:
        data = data.replace(image.source, repr((image.content, image.media_type)))
    return question.kind, question.title, question.category, question.tags, data


def has_no_gift(question: Question) -> bool:
    """What Moodle's own grammar of GIFT cannot say."""
    if isinstance(question, Gaps):
        return len(question.gaps) > 1 or "->" in str(question.gaps)
    return isinstance(question, ShortText) and any("->" in accepted.text for accepted in question.accepted)


@pytest.mark.parametrize("to", Format)
@pytest.mark.parametrize("kind", sorted(KINDS))
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
def test_our_export_imports_back_equal(kind: str, to: Format, data: st.DataObject) -> None:
    question = data.draw(questions(kind))

    written = write([question], to)
    reading = read(written.content, f"pytania{written.suffix}")

    if to is Format.GIFT and has_no_gift(load(question.kind, question.data)):
        assert [problem.effect for problem in written.problems] == [Effect.LEFT_OUT]
        assert reading.found == ()
    else:
        assert reading.problems == ()
        assert [essence(found) for found in reading.found] == [essence(question)]


@pytest.mark.parametrize("to", Format)
def test_the_demo_bank_goes_out_and_comes_back_whole(to: Format) -> None:
    bank = tomllib.loads(Path(courses.__file__).with_name("demo").joinpath("questions.toml").read_text("utf-8"))
    asked = [
        Found(kind=row["kind"], title=row["title"], data=row, category=("Demo", row["category"]))
        for row in bank["question"]
    ]

    written = write(asked, to)
    reading = read(written.content, f"pytania{written.suffix}")

    left_out = {problem.place for problem in written.problems if problem.effect is Effect.LEFT_OUT}
    expected = [essence(question) for question in asked if question.title not in left_out]
    assert reading.problems == ()
    assert [essence(found) for found in reading.found] == expected
    assert len(expected) > 30
