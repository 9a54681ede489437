"""The document templates of the demo: all seventeen, each right as a template before anybody opens it."""

from pathlib import Path
from typing import Any

import pytest

from courses.demo import paperwork, word_files
from courses.demo.files import FOLDER, read
from elearning.institutions.tracks import Track
from library import composing, sheet, streams
from library.marked import reading
from library.models.documents import Audience, DocumentKind, DocumentPage, Stage
from library.problems import problems_of
from library.structure import Document, Field, FieldKind
from library.values import Values, parse

FILES = sorted(FOLDER.glob("documents/[0-9]*.toml"))
LONGEST_LEAD = 300
all_files = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def texts_of(path: Path) -> dict[str, Any]:
    return read(f"documents/{path.name}")


def documents_of(texts: dict[str, Any]) -> list[Document]:
    """A document for each version."""
    return [
        streams.read(version["paper_title"], paperwork.fields(version["field"]), paperwork.parts(version["part"]))
        for version in texts["version"]
    ]


def sample(field: Field) -> Any:
    """A value that the field takes."""
    match field.kind:
        case FieldKind.ROWS:
            row = {column.name: sample(column) for column in field.columns}
            return (row,) * max(field.least, 2)
        case FieldKind.CHOICES:
            return parse(field, list(field.choices[:2]))
        case FieldKind.CHOICE:
            return parse(field, field.choices[0])
        case FieldKind.DATE:
            return parse(field, "7.10.2026")
        case FieldKind.NUMBER | FieldKind.AMOUNT:
            return parse(field, str(field.minimum if field.minimum is not None else 1).replace(".", ","))
        case FieldKind.CHECKBOX:
            return True
        case _:
            return parse(field, "Zażółć gęślą jaźń")


def filled(document: Document) -> Values:
    return {field.name: sample(field) for field in document.fields}


def test_there_are_seventeen_and_three_of_them_have_two_versions() -> None:
    texts = [texts_of(path) for path in FILES]
    assert len(texts) == 17
    assert sorted(len(of["version"]) for of in texts) == [1] * 14 + [2] * 3
    assert sum(of["source"] == "marked" for of in texts) == 2
    assert len({of["key"] for of in texts}) == 17


@all_files
def test_a_document_says_what_its_page_shows(path: Path) -> None:
    texts = texts_of(path)
    assert path.stem.partition("-")[2] == texts["key"]
    assert texts["kind"] == DocumentKind.TEMPLATE
    assert texts["audience"] in Audience.values
    assert texts["stage"] in Stage.values
    assert set(texts["tracks"]) <= set(Track.values)
    assert len(texts["lead"]) <= LONGEST_LEAD
    assert texts["is_sample"] is True
    for name in ("purpose", "who", "legal_basis", "author"):
        assert len(texts[name]) <= (DocumentPage._meta.get_field(name).max_length or 0), name
    days = [version["in_force_on"] for version in texts["version"]]
    assert days == sorted(set(days))
    assert all(version["changes"] and version["approved_by"] for version in texts["version"])


@all_files
def test_a_template_is_right(path: Path) -> None:
    for document in documents_of(texts_of(path)):
        assert problems_of(document) == []
        groups = [field.group for field in document.fields]
        assert len(set(groups)) == sum(a != b for a, b in zip(groups, ["", *groups], strict=False)), "groups are torn"


@all_files
def test_a_template_is_filled_in_to_the_last_mark(path: Path) -> None:
    for document in documents_of(texts_of(path)):
        printed = "\n".join(sheet.text_lines(composing.compose(document, filled(document))))
        assert "{{" not in printed
        assert "**" not in printed
        assert len(printed) > 500
        assert "[" in "\n".join(sheet.text_lines(composing.blank(document)))


@pytest.mark.parametrize("path", [path for path in FILES if texts_of(path)["source"] == "marked"], ids=lambda p: p.stem)
def test_a_word_file_with_marks_asks_for_the_same_fields(path: Path) -> None:
    (document,) = documents_of(texts_of(path))
    marked = reading.read(word_files.marked_file(document))
    assert reading.against(marked, document.fields) == []
    assert {field.name for field in marked.fields} == {field.name for field in document.fields}


def test_every_lesson_names_a_document_that_is_there() -> None:
    keys = {texts_of(path)["key"] for path in FILES}
    named = [
        block["value"]["document"]
        for path in sorted(FOLDER.glob("kooperacja*/[0-9]*.toml"))
        for lesson in read(f"{path.parent.name}/{path.name}").get("lesson", [])
        for block in lesson["body"]
        if block["type"] == "document"
    ]
    assert len(named) == 20
    assert set(named) <= keys


def test_materials_have_what_their_pages_show() -> None:
    keys = {texts_of(path)["key"] for path in FILES}
    for texts in read("documents/materials.toml")["material"]:
        assert texts["kind"] in DocumentKind.values
        assert texts["is_sample"] in {True, False}
        assert bool(texts.get("section")) != bool(texts.get("documents"))
        assert set(texts.get("documents", [])) <= keys
