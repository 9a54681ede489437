"""The questions of the demo are questions."""

import tomllib
from pathlib import Path

import pytest

from courses.questions import load

DEMO = Path(__file__).resolve().parents[3] / "courses" / "demo"


@pytest.mark.parametrize(("name", "number"), [("questions.toml", 36), ("practice.toml", 2)])
def test_every_question_of_the_demo_loads_and_its_key_is_worth_all(name: str, number: int) -> None:
    questions = tomllib.loads((DEMO / name).read_text(encoding="utf-8"))["question"]

    assert len(questions) == number
    for data in questions:
        question = load(data["kind"], data)
        if question.graded_by_person:
            continue
        assert question.grade(question.key()).share == 1, data["key"]
        assert question.describe_key(), data["key"]
