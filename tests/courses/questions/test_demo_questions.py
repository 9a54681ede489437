"""The questions of the demo are questions."""

import tomllib
from pathlib import Path

from courses.questions import load

FILE = Path(__file__).resolve().parents[3] / "courses" / "demo" / "questions.toml"


def test_every_question_of_the_demo_loads_and_its_key_is_worth_all() -> None:
    questions = tomllib.loads(FILE.read_text(encoding="utf-8"))["question"]

    assert len(questions) == 36
    for data in questions:
        question = load(data["kind"], data)
        assert question.grade(question.key()).share == 1, data["key"]
        assert question.describe_key(), data["key"]
