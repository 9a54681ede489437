"""Evidence as editors write it: charts, entries of the timeline, projects, and where a figure is used."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError

from elearning.accounts.models import User
from elearning.cms.blocks.chart import ChartBlock, read
from elearning.cms.blocks.event import EventBlock
from elearning.cms.models import HomePage, Project
from elearning.cms.plots import in_words
from tests import make

from .test_pages import WHEN, chart, datum, evidence

pytestmark = pytest.mark.django_db

Fields = dict[str, Any]


@pytest.fixture
def as_editor(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def row(label: str = "Osoby", number: Decimal | None = Decimal(5), **fields: Any) -> Fields:
    return {"datum": None, "label": label, "number": number, **fields}


def checked(**fields: Any) -> Any:
    block = ChartBlock()
    return block.clean(block.normalize({"title": "Tytuł", "kind": "bars", "rows": [row()], **fields}))


def faults(**fields: Any) -> dict[str, Any]:
    with pytest.raises(StructBlockValidationError) as found:
        checked(**fields)
    return found.value.block_errors


def test_a_chart_of_typed_numbers_is_taken() -> None:
    value = checked(rows=[row("A", Decimal("1.5")), row("B", Decimal(2))], unit="%")
    assert in_words(read(value)) == "A: 1,5%. B: 2%."


def test_a_chart_takes_values_and_sources_of_figures() -> None:
    figure = datum("86,34%", source="Badanie", date="2020")
    plot = read(checked(kind="share", rows=[row("", None, datum=figure)], rest="Pozostali"))
    assert plot.lines[0].label == figure.label
    assert plot.sources == ["Badanie, 2020"]
    assert plot.remainder is not None
    assert plot.remainder.quantity.number == Decimal("13.66")


@pytest.mark.parametrize("wrong", [row("", Decimal(5)), row("A", None)], ids=["no name", "no number"])
def test_a_row_without_a_name_or_number_is_refused_at_its_field(wrong: Fields) -> None:
    assert list(faults(rows=[row(), wrong])) == ["rows"]


def test_words_are_no_bar() -> None:
    assert list(faults(rows=[row("A", None, datum=datum("wiele"))])) == ["rows"]


def test_figures_of_different_units_are_not_one_chart() -> None:
    percent, months = datum("74%", "a"), datum("16 miesięcy", "b")
    assert list(faults(rows=[row("", None, datum=percent), row("", None, datum=months)])) == ["rows"]


def test_parts_are_no_more_than_their_whole() -> None:
    assert list(faults(kind="share", rows=[row(number=Decimal(173))], whole_number=Decimal(172))) == ["whole_number"]
    assert list(faults(kind="share", rows=[row()], whole=datum("3"), rest="Reszta")) == ["whole"]
    assert list(faults(kind="share", rows=[row()], whole=datum("słowo", "c"))) == ["whole"]


def test_what_is_left_of_a_whole_has_a_name() -> None:
    assert list(faults(kind="share", rows=[row()], whole_number=Decimal(10))) == ["rest"]


def test_a_whole_has_at_most_five_parts() -> None:
    assert list(faults(kind="share", rows=[row(str(number)) for number in range(6)])) == ["kind"]


@pytest.mark.parametrize(
    ("when", "field"),
    [
        ({"year": None}, "year"),
        ({"year": 2021, "day": 5}, "month"),
        ({"year": 2021, "month": "2", "day": 30}, "day"),
        ({"year": None, "month": "7"}, "day"),
        ({"year": 2021, "end_year": 2020}, "end_day"),
        ({"year": 2021, "month": "5", "end_year": 2022}, "end_year"),
    ],
)
def test_a_date_of_the_timeline_is_checked_at_its_field(when: Fields, field: str) -> None:
    block = EventBlock()
    value = {**WHEN, "kind": "stage", "title": "T", "text": "", "source": "S", "page": None, **when}
    with pytest.raises(StructBlockValidationError) as found:
        block.clean(block.normalize(value))
    assert list(found.value.block_errors) == [field]


def test_a_date_without_its_year_is_taken() -> None:
    block = EventBlock()
    july = {"year": None, "month": "7", "day": 16, "end_month": "7", "end_day": 17}
    value = {**WHEN, "kind": "stage", "title": "T", "text": "", "source": "S", "page": None, **july}
    assert block.clean(block.normalize(value))["day"] == 16


def test_the_list_of_figures_says_where_each_is_used(as_editor: Client, site: HomePage, indexing: None) -> None:
    used, unused = datum("1", "użyta"), datum("2", "nieużyta")
    evidence(site, [("datum", used), chart(rows=[row("", None, datum=used)])])
    page = as_editor.get(reverse("wagtailsnippets_cms_datum:list")).content.decode()
    usage = reverse("wagtailsnippets_cms_datum:usage", args=[used.pk])
    assert f'<a href="{usage}">w&nbsp;1 miejscu</a>' in page
    assert "nigdzie" in page
    assert "Wnioski z badań" in as_editor.get(usage).content.decode()
    assert reverse("wagtailsnippets_cms_datum:usage", args=[unused.pk]) + '">w' not in page


def test_the_list_of_figures_has_a_query_budget(
    as_editor: Client, site: HomePage, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        datum(str(number), f"Liczba {number}")
    as_editor.get(reverse("wagtailsnippets_cms_datum:list"))
    with django_assert_max_num_queries(13):
        as_editor.get(reverse("wagtailsnippets_cms_datum:list"))


def test_only_one_project_is_that_of_the_site(as_editor: Client) -> None:
    Project.objects.create(name="Pierwszy", funding_text="Z Unii.", is_default=True)
    form = {"name": "Drugi", "funding_text": "Z Unii.", "is_default": "on"}
    page = as_editor.post(reverse("wagtailsnippets_cms_project:add"), form).content.decode()
    assert "Projektem serwisu jest już „Pierwszy”" in page
    assert not Project.objects.filter(name="Drugi").exists()
    as_editor.post(reverse("wagtailsnippets_cms_project:add"), {**form, "is_default": ""})
    assert Project.objects.filter(name="Drugi").exists()


def test_charts_are_previewed_by_whoever_chooses_a_block(as_editor: Client, site: HomePage) -> None:
    page = make.publish(HomePage.objects.get())
    html = as_editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Wykres" in html
