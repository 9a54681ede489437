"""From the declaration of a kind to its block; and the tenth kind of the documentation, taken at its word."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from courses import questions
from courses.blocks.questions import question_blocks
from courses.blocks.questions.building import form_block
from courses.models import Question
from courses.questions import KINDS, InvalidAnswer, load
from courses.questions.form import Form, Group, Line, Rows

DOCUMENTATION = Path(__file__).resolve().parents[3] / "docs" / "kinds-of-questions.md"


def declared(form: Form) -> Iterator[tuple[str, str, str]]:
    """Name, label and hint of every field, those of rows too."""
    for name, field in form.fields.items():
        yield name, field.label, field.help
        if isinstance(field, Rows) and isinstance(field.of, Group):
            for inner, part in field.of.fields.items():
                yield f"{name}.{inner}", part.label, part.help


def built(block: blocks.StructBlock) -> Iterator[tuple[str, str, str]]:
    """The same as a screen shows them."""
    for name, child in block.child_blocks.items():
        field = getattr(child, "field", None)
        yield name, child.label, field.help_text or "" if field else getattr(child.meta, "help_text", "")
        if isinstance(child, blocks.ListBlock) and isinstance(child.child_block, blocks.StructBlock):
            for inner, part in child.child_block.child_blocks.items():
                yield f"{name}.{inner}", part.label, part.field.help_text or "" if hasattr(part, "field") else ""


def test_every_kind_is_found_in_its_declared_order() -> None:
    assert list(KINDS) == [
        *("single_choice", "multiple_choice", "true_false", "short_text", "number", "gaps", "matching", "ordering"),
        "open_text",
    ]
    assert len({kind.order for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_editor_sees_the_declared_fields_labels_and_hints(kind: str) -> None:
    block = dict(question_blocks())[kind]

    assert list(built(block)) == list(declared(KINDS[kind].form))
    assert block.meta.description == KINDS[kind].form.description
    assert block.label.casefold() == KINDS[kind].form.label


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_example_of_a_kind_is_a_question_of_it(kind: str) -> None:
    question = load(kind, KINDS[kind].form.preview)

    assert question.text
    assert question.grade(question.key()).share == (0 if question.graded_by_person else 1)


def test_no_wording_gets_into_a_migration() -> None:
    _name, _path, _args, kwargs = Question._meta.get_field("content").deconstruct()
    stored = repr(kwargs["block_lookup"])

    assert "label" not in stored
    assert "help" not in stored
    assert "icon" not in stored
    assert "courses." not in stored


def test_another_wording_makes_the_same_block() -> None:
    def form(word: str) -> Form:
        rows = Rows(label=word, of=Line(label=word, help=word, max_length=9), least=1, help=word)
        return Form(label=word, icon=word, description=word, fields={"rows": rows})

    assert form_block(form("jeden")).deconstruct() == form_block(form("drugi")).deconstruct()


def documented(language: str) -> str:
    """The first piece of that language in the documentation."""
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def tenth(monkeypatch: pytest.MonkeyPatch) -> str:
    """The module of the documentation as if it were a file of the package; the name of its kind."""
    name = f"{questions.__name__}.date"
    module = ModuleType(name)
    module.__package__ = questions.__name__
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(documented("python"), "date.py", "exec"), module.__dict__)
    (kind,) = questions.kinds_of(module)
    monkeypatch.setitem(KINDS, kind.kind, kind)  # type: ignore[arg-type]
    return kind.kind


def test_the_tenth_kind_of_the_documentation_asks_and_grades(tenth: str) -> None:
    question = load(tenth, {**KINDS[tenth].form.preview, "tolerance": 1})

    assert question.grade(question.key()).share == 1
    assert question.grade(question.parse({"": ["2004-05-02"]})).share == 1
    assert question.grade(question.parse({"": ["2004-05-03"]})).share == 0
    assert question.public(seed="", shuffle=True) == {"value": ""}
    with pytest.raises(InvalidAnswer):
        question.parse({"": ["wczoraj"]})


def test_the_tenth_kind_of_the_documentation_has_its_block(tenth: str) -> None:
    block = dict(question_blocks())[tenth]
    block.set_name(tenth)

    cleaned = block.clean(block.normalize({**KINDS[tenth].form.preview, "feedback": ""}))

    assert block.data(cleaned)["answer"] == "2004-05-01"
    with pytest.raises(ValidationError) as caught:
        block.clean(block.normalize({"text": "<p>Kiedy?</p>", "answer": "1 maja", "tolerance": 0, "feedback": ""}))
    assert list(caught.value.block_errors) == ["answer"]  # type: ignore[attr-defined]


def test_the_template_of_the_documentation_names_the_field_and_its_error() -> None:
    template = documented("html")

    assert 'name="{{ field }}" id="{{ field }}"' in template
    assert "{{ field }}-blad" in template
