"""The report on the use of documents: who sees it, what it says, what it gives away as files, what it costs."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from elearning.accounts.models import User
from elearning.reporting import documents_tables
from elearning.reporting.documents import DocumentUse, Line, Used
from library.models import DocumentPage, Form, How, Usage, VersionPage
from tests.library import documents

from .conftest import ROLES, client_of

LIST = "/redakcja/statystyki/dokumenty/"
# Ten of the admin itself, as in the statistics of quizzes; at most five of ours.
BUDGET = 15


@pytest.fixture
def page(site: Any) -> DocumentPage:
    """With two versions."""
    found = documents.document("Porozumienie")
    documents.version(found, days=-90)
    documents.version(found, days=-30)
    return found


def version_of(page: DocumentPage, number: int) -> VersionPage:
    return VersionPage.objects.child_of(page).get(number=number)


def use(version: VersionPage, month: date, how: How = How.DOWNLOAD, *, kind: str = "", count: int = 1) -> None:
    Usage.objects.create(version=version, month=month, how=how, form=Form.DOCX, institution_kind=kind, count=count)


def addresses(page: DocumentPage) -> list[str]:
    own = f"{LIST}{page.pk}/"
    files = [f"{start}.{kind}" for start in (LIST[:-1], f"{own}uzycie") for kind in ("csv", "xlsx")]
    return [LIST, own, *files]


def status(client: Client, path: str) -> int:
    """The status of an answer that was read to its end, which closes its file."""
    answer = client.get(path)
    assert answer.getvalue() if answer.streaming else answer.content or answer.status_code != 200
    return answer.status_code


def read_csv(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(StringIO(client.get(path).getvalue().decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db
def test_it_works(editor: Client, page: DocumentPage) -> None:
    use(version_of(page, 1), date(2026, 1, 1), count=3)
    use(version_of(page, 2), date(2026, 3, 1), kind="pcpr", count=2)
    use(version_of(page, 2), date(2026, 3, 1), How.FILL_IN, kind="pcpr", count=5)
    text = editor.get(LIST).content.decode()
    assert re.search(r"Porozumienie</a></th>\s*<td>5</td><td>5</td>", text)
    text = editor.get(f"{LIST}{page.pk}/").content.decode()
    assert "5 pobrań, 5 wypełnień" in text
    assert 'class="chart__drawing"' in text
    assert '<th scope="row">02.2026</th><td>0</td><td>0</td>' in text
    assert '<th scope="row">03.2026</th><td>2</td><td>5</td>' in text
    assert '<th scope="row">bez konta lub bez instytucji</th><td>3</td><td>0</td>' in text
    assert "powiatowe centrum pomocy rodzinie (PCPR)</th><td>2</td><td>5</td>" in text
    assert re.search(r'<th scope="row">Wersja 1</th><td>[\d.]+</td><td>3</td><td>0</td>', text)


@pytest.mark.django_db
def test_a_period_is_whole_months(editor: Client, page: DocumentPage) -> None:
    for month in (1, 2, 3):
        use(version_of(page, 1), date(2026, month, 1), count=month)
    own = f"{LIST}{page.pk}/"
    text = editor.get(f"{own}?od=2026-02-20&do=2026-02-21").content.decode()
    assert "2 pobrania, 0 wypełnień" in text
    assert "?od=2026-02-20&amp;do=2026-02-21" in text
    assert read_csv(editor, f"{own}uzycie.csv?od=2026-03-31")[1:] == [
        ["Wersja 1", "03.2026", "bez konta lub bez instytucji", "3", "0"]
    ]
    assert read_csv(editor, f"{LIST[:-1]}.csv?do=2026-01-31")[1] == ["Porozumienie", "tak", "1", "0"]


@pytest.mark.django_db
def test_a_wrong_period_is_told_and_makes_no_file(editor: Client, page: DocumentPage) -> None:
    wrong = "?od=2026-03-01&do=2026-02-01"
    assert "musi być wcześniejsza" in editor.get(f"{LIST}{wrong}").content.decode()
    assert editor.get(f"{LIST[:-1]}.csv{wrong}").status_code == 400
    assert editor.get(f"{LIST[:-1]}.xlsx?od=wczoraj").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_staff_read_everything(page: DocumentPage, as_member_of: Callable[[str], Client], role: str) -> None:
    client = as_member_of(ROLES[role])
    for path in addresses(page):
        assert status(client, path) == 200, path
    assert LIST in client.get("/redakcja/").content.decode()


@pytest.mark.django_db
def test_administrators_read_and_nobody_else(
    page: DocumentPage, learner: User, administrator: User, as_member_of: Callable[[str], Client]
) -> None:
    for path in addresses(page):
        assert status(client_of(administrator), path) == 200, path
        assert Client().get(path).status_code == 302, path
        for client in (client_of(learner), as_member_of("Autorki i autorzy")):
            assert client.get(path).status_code in {302, 403}, path


@pytest.mark.django_db
def test_documents_nobody_took_and_none_at_all(editor: Client, page: DocumentPage) -> None:
    empty = documents.document("Szkic", live=False)
    assert "Szkic</a> (nieopublikowany)" in editor.get(LIST).content.decode()
    for found in (page, empty):
        text = editor.get(f"{LIST}{found.pk}/").content.decode()
        assert "nikt nie pobrał" in text
        assert "chart__drawing" not in text
    assert editor.get(f"{LIST}{page.get_parent().pk}/").status_code == 404
    assert editor.get(f"{LIST}999999/uzycie.csv").status_code == 404
    assert editor.post(LIST).status_code == 405


@pytest.mark.django_db
def test_a_sheet_holds_the_same(editor: Client, page: DocumentPage) -> None:
    use(version_of(page, 2), date(2026, 3, 1), How.FILL_IN, kind="ops", count=4)
    sheet = load_workbook(BytesIO(editor.get(f"{LIST}{page.pk}/uzycie.xlsx").getvalue())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == documents_tables.USE_HEAD
    assert [cell.value for cell in sheet[2]][3:] == [0, 4]


@pytest.mark.django_db
def test_query_budgets_do_not_grow_with_rows(
    editor: Client, page: DocumentPage, django_assert_max_num_queries: Any
) -> None:
    for title in ("Drugi", "Trzeci"):
        documents.version(documents.document(title))
    for version in VersionPage.objects.all():
        for month in range(1, 7):
            use(version, date(2026, month, 1), kind="pcpr", count=month)
    status(editor, LIST)
    for path in addresses(page):
        with django_assert_max_num_queries(BUDGET):
            assert status(editor, path) == 200


def test_months_without_use_stand_between_others_over_a_new_year() -> None:
    lines = tuple(Line("Wersja 1", month, "gmina", Used(1, 0)) for month in (date(2025, 11, 1), date(2026, 2, 1)))
    found = documents_tables.months(DocumentUse(1, "Zgoda", (), lines))
    assert [month for month, _used in found] == ["11.2025", "12.2025", "01.2026", "02.2026"]
    assert [used.total for _month, used in found] == [1, 0, 0, 1]


def test_a_long_time_is_drawn_by_its_last_months() -> None:
    found = [(f"{number}", Used(number, 1)) for number in range(40)]
    chart = documents_tables.chart(found)
    assert len(chart.bars) == documents_tables.MOST_COLUMNS
    assert chart.bars[-1].value == "40"
    assert sum(bool(bar.mark) for bar in chart.bars) <= documents_tables.MARKED
