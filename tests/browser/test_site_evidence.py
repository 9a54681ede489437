"""Evidence, the timeline and projects in a real browser: accessible, by keyboard, on a phone, on paper."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from elearning.cms.models import Datum, EvidencePage, HomePage, Project, ProjectPage, StandardPage, TimelinePage
from tests import make, pdf
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]

DESKTOP, PHONE = 1440, 320
EVIDENCE, TIMELINE, PROJECT = "/wyniki-badan/", "/o-projekcie/os-czasu/", "/o-projekcie/liderzy-kooperacji/"
EMPTY = {"month": "", "day": None, "end_year": None, "end_month": "", "end_day": None, "text": "", "source": "S1"}
WIDE_TABLE = {
    "caption": "Tabela szersza niż kartka",
    "row_headers": True,
    "table": {
        "columns": [{"type": "text", "heading": f"Kolumna numer {number}"} for number in range(1, 11)],
        "rows": [{"values": [f"Wartość{number}wpisana" for number in range(1, 11)]}],
        "caption": "",
    },
}


@pytest.fixture
def pages(site: HomePage) -> EvidencePage:
    done = Datum.objects.create(value="140", label="rodzin zakończyło program", source="Badanie", date="2019–2020")
    whole = Datum.objects.create(value="172", label="rodziny objęto testem", source="Badanie", note="Policzono.")
    part = {"datum": done, "label": "Rodziny, które zakończyły program", "number": None}
    rows = [
        {"datum": None, "label": "Gminno-Powiatowe Zespoły Kooperacji w pięciu województwach", "number": Decimal(40)},
        {"datum": None, "label": "Nikt", "number": Decimal(0)},
    ]
    charts = [
        {"title": "Kto zakończył", "kind": "share", "rows": [part], "whole": whole, "rest": "Pozostałe rodziny"},
        {"title": "Kto pracował", "kind": "bars", "rows": rows, "source": "Obliczenie własne"},
        {"title": "Kiedy", "kind": "columns", "rows": rows},
    ]
    link = ("paragraph", '<p><a href="https://example.org/raport/bardzo-dlugi-adres">Raport</a></p>')
    body = [("datum", done), *(("chart", chart) for chart in charts), ("table", WIDE_TABLE), link]
    evidence = make.publish(site.add_child(instance=EvidencePage(title="Wnioski", slug="wyniki-badan", body=body)))
    about = StandardPage(title="O projekcie", slug="o-projekcie")
    about = make.publish(HomePage.objects.get().add_child(instance=about))
    project = Project.objects.create(name="Liderzy", funding_text="Z Unii Europejskiej.", is_default=True)
    values = [("amount", {"amount": Decimal("27773272.46"), "about": "", "source": "Źródło"})]
    mine = ProjectPage(title="Liderzy kooperacji", slug="liderzy-kooperacji", project=project, values=values)
    make.publish(about.add_child(instance=mine))
    entries = [
        ("entry", {**EMPTY, "year": 2018, "kind": "stage", "title": "Początek"}),
        ("entry", {**EMPTY, "year": None, "month": "7", "day": 16, "kind": "meeting", "title": "Spotkanie"}),
    ]
    make.publish(
        StandardPage.objects.get().add_child(instance=TimelinePage(title="Oś", slug="os-czasu", entries=entries))
    )
    return evidence


def test_every_page_is_accessible_wide_and_narrow(pages: EvidencePage, page: Page) -> None:
    for address in (EVIDENCE, TIMELINE, PROJECT, "/o-projekcie/"):
        for width in (DESKTOP, PHONE):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            stop(page)


def test_the_data_of_a_chart_unfold_by_keyboard(pages: EvidencePage, page: Page) -> None:
    page.goto(EVIDENCE)
    chart = page.locator("figure.plot").first
    expect(chart.get_by_role("img")).to_have_accessible_name(
        "Kto zakończył Rodziny, które zakończyły program: 140 (81,4%). Pozostałe rodziny: 32 (18,6%)."
    )
    expect(chart.get_by_role("table")).to_be_hidden()
    press(page, chart.locator("summary"))
    expect(chart.get_by_role("table", name="Kto zakończył")).to_be_visible()
    expect(chart.get_by_role("row", name="Pozostałe rodziny 32 18,6%")).to_be_visible()
    stop(page)


def test_a_chart_is_taken_as_data_and_as_a_picture(pages: EvidencePage, page: Page) -> None:
    page.goto(EVIDENCE)
    for name, ending in (
        ("Pobierz dane wykresu „Kto zakończył” (CSV)", ".csv"),
        ("Pobierz wykres „Kto zakończył” (PNG)", ".png"),
    ):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        assert waiting.value.suggested_filename.startswith("kto-zakonczyl-")
        assert waiting.value.suggested_filename.endswith(ending)


def test_a_figure_leads_to_its_source_and_method(pages: EvidencePage, page: Page) -> None:
    page.goto(EVIDENCE)
    press(page, page.get_by_role("link", name="Skąd ta liczba 140"))
    row = page.locator(".register__row:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("rodzin zakończyło program")
    press(page, row.locator("summary"))
    expect(row).to_contain_text("/wyniki-badan/#liczba-")


def test_nothing_of_a_chart_is_cut(pages: EvidencePage, browse: Browse) -> None:
    """The words of each drawing, as the browser measures them, stay inside of it."""
    for width in (PHONE, DESKTOP):
        page = browse(width=width)
        page.goto(EVIDENCE)
        cut = page.evaluate("""() => [...document.querySelectorAll('.chart__drawing text')].filter(text => {
          const {x, y, width, height} = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
          return x < -0.5 || x + width > view.width + 0.5 || y < -0.5 || y + height > view.height + 0.5;
        }).map(text => text.textContent)""")
        assert cut == []


def test_paper_gets_the_text_the_data_and_the_signs(pages: EvidencePage, page: Page) -> None:
    page.goto(EVIDENCE)
    words = pdf.words(page.pdf(prefer_css_page_size=True))
    for told in ("Wnioski", "Rodziny,którezakończyłyprogram", "18,6%", "ZUniiEuropejskiej.", "Adrestejstrony"):
        assert told in words
    assert "(https://example.org/raport/bardzo-dlugi-adres)" in words
    for left_out in ("Przejdźdotreści", "Załóżkonto", "Pobierzdane", "Deklaracjadostępności", "Skądtaliczba"):
        assert left_out not in words


def test_no_table_is_wider_than_the_paper(pages: EvidencePage, page: Page) -> None:
    page.goto(EVIDENCE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 900})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 672
    table = page.locator(".table", has_text="Tabela szersza niż kartka")
    room, width = table.evaluate("element => [element.clientWidth, element.scrollWidth]")
    assert width <= room
    expect(page.locator(".site-nav").first).to_be_hidden()
    expect(page.locator(".funding")).to_be_visible()
