"""Documents and their versions as the editor wrote them."""

from datetime import date

import pytest

from library import composing, problems, sheet, values
from library.structure import FieldKind
from library.timeline import Dated, State, is_due_for_review, timeline
from tests.library import documents

OLD, NEW, NEXT = Dated(1, 1, date(2025, 1, 1)), Dated(2, 2, date(2026, 1, 1)), Dated(3, 3, date(2027, 1, 1))


@pytest.mark.django_db
def test_a_version_is_read_as_it_was_written() -> None:
    version = documents.version(documents.document())
    document = version.document()
    assert document.title == "Porozumienie"
    assert [field.kind for field in document.fields] == [
        FieldKind.TEXT,
        FieldKind.DATE,
        FieldKind.AMOUNT,
        FieldKind.CHECKBOX,
        FieldKind.ROWS,
    ]
    assert problems.problems_of(document) == []
    assert "[Miejsce zawarcia]" in version.written()


@pytest.mark.django_db
def test_what_was_typed_is_printed() -> None:
    document = documents.version(documents.document()).document()
    typed = {"miejsce": "Łomży", "data": "7.10.2026", "kwota": "1 250,5", "strony": [{"nazwa": "GOPS", "funkcja": ""}]}
    lines = sheet.text_lines(composing.compose(document, values.read(document.fields, typed)))
    assert "Zawarte w\xa0Łomży dnia 7\xa0października 2026\xa0r." in lines
    assert "Wkład wynosi 1\xa0250,50\xa0zł." in lines
    assert "Podpis: GOPS" in lines
    assert "Dane są poufne." not in lines


def test_the_version_in_force_is_the_latest_whose_day_has_come() -> None:
    found = timeline([NEXT, OLD, NEW], date(2026, 6, 1))
    assert found.current == NEW
    assert found.upcoming == NEXT
    assert [found.state_of(version) for version in (OLD, NEW, NEXT)] == [State.ARCHIVED, State.CURRENT, State.UPCOMING]
    assert found.before(NEW) == OLD
    assert found.before(OLD) is None


def test_nothing_is_in_force_before_the_first_day() -> None:
    found = timeline([OLD], date(2024, 12, 31))
    assert found.current is None
    assert found.upcoming == OLD


def test_a_document_is_checked_again_after_its_day() -> None:
    assert is_due_for_review(date(2026, 1, 1), date(2026, 1, 2))
    assert not is_due_for_review(date(2026, 1, 1), date(2026, 1, 1))
    assert not is_due_for_review(None, date(2026, 1, 1))
