"""Evidence, timeline and projects as their readers see them."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from elearning.cms.models import Datum, EvidencePage, HomePage, Project, ProjectPage, StandardPage, TimelinePage
from tests import make

pytestmark = pytest.mark.django_db

WHEN = {"month": "", "day": None, "end_year": None, "end_month": "", "end_day": None}


def datum(value: str = "86,34%", label: str = "badanych uznało model za skuteczny", **fields: Any) -> Datum:
    return Datum.objects.create(value=value, label=label, **{"source": "Badanie", "date": "2019–2020", **fields})


def chart(**fields: Any) -> tuple[str, dict[str, Any]]:
    value = {"title": "Kto pracował", "description": "Opis.", "kind": "bars", "rows": [], **fields}
    return "chart", value


def event(year: int | None, title: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "entry", {**WHEN, "year": year, "kind": "stage", "title": title, "text": "", "source": "S1", **fields}


def evidence(site: HomePage, body: Any = ()) -> EvidencePage:
    page = EvidencePage(title="Wnioski z badań", slug="wyniki-badan", lead="Liczby.", body=list(body))
    return make.publish(HomePage.objects.get().add_child(instance=page))


def about(site: HomePage) -> StandardPage:
    page = StandardPage(title="O projekcie", slug="o-projekcie")
    return make.publish(HomePage.objects.get().add_child(instance=page))


def timeline(site: HomePage, *entries: Any) -> TimelinePage:
    page = TimelinePage(title="Oś czasu", slug="os-czasu", entries=list(entries))
    return make.publish(about(site).add_child(instance=page))


def project_page(site: HomePage, **fields: Any) -> ProjectPage:
    page = ProjectPage(title="Liderzy kooperacji", slug="liderzy-kooperacji", **fields)
    return make.publish(about(site).add_child(instance=page))


def test_every_figure_has_its_place_with_source_date_method_and_citation(client: Client, site: HomePage) -> None:
    first = datum(note="Porównania z lat.", source_url="https://example.org/badanie")
    second = datum("140", "rodzin zakończyło program")
    evidence(site, [("datum", first)])
    page = client.get("/wyniki-badan/").content.decode()
    for row in (first, second):
        assert page.count(f'id="{row.anchor}"') == 1
        assert f"/wyniki-badan/#{row.anchor}</a>" in page
    assert "Porównania z\xa0lat." in page
    assert "Źródło jej nie opisuje." in page
    assert 'href="https://example.org/badanie"' in page
    assert page.count("<h3") == 1  # both have one source


def test_a_figure_leads_to_its_place_from_wherever_it_stands(client: Client, site: HomePage) -> None:
    row = datum()
    contact = StandardPage(title="Kontakt", slug="kontakt", body=[("datum", row)])
    make.publish(HomePage.objects.get().add_child(instance=contact))
    assert f'href="/wyniki-badan/#{row.anchor}"' in client.get("/kontakt/").content.decode()


def test_a_figure_is_entered_once_and_changes_everywhere(client: Client, site: HomePage) -> None:
    row = datum("16 miesięcy", "średni czas pracy")
    evidence(site, [("datum", row), chart(rows=[{"datum": row, "label": "Czas", "number": None}])])
    Datum.objects.filter(pk=row.pk).update(value="17 miesięcy")
    page = client.get("/wyniki-badan/").content.decode()
    assert "16\xa0miesięcy" not in page
    assert "16 miesięcy" not in page
    assert page.count("17\xa0miesięcy") >= 2  # in the drawing and in the table


def test_a_chart_has_a_drawing_words_a_table_and_files(client: Client, site: HomePage) -> None:
    done, whole = datum("140", "zakończyło"), datum("172", "objęto")
    part = {"datum": done, "label": "Zakończyli", "number": None}
    page = evidence(site, [chart(kind="share", rows=[part], whole=whole, rest="Pozostali")])
    html = client.get("/wyniki-badan/").content.decode()
    assert "<desc" in html
    assert "Zakończyli: 140 (81,4%). Pozostali: 32 (18,6%)." in html
    assert '<th scope="row">Pozostali</th><td>32</td><td>18,6%</td>' in html
    assert "Źródło: Badanie, 2019–2020" in html
    assert f"/wyniki-badan/-/wykresy/{page.pk}/kto-pracowal-" in html
    assert " style=" not in html


def test_a_chart_whose_figures_are_gone_is_not_there(client: Client, site: HomePage) -> None:
    row = datum()
    evidence(site, [chart(rows=[{"datum": row, "label": "", "number": None}])])
    row.delete()
    response = client.get("/wyniki-badan/")
    assert response.status_code == 200
    assert '<svg class="chart' not in response.content.decode()


def test_a_page_of_evidence_without_figures_is_a_page(client: Client, site: HomePage) -> None:
    evidence(site)
    assert client.get("/wyniki-badan/").status_code == 200


def test_the_timeline_is_in_order_and_honest_about_unknown_years(client: Client, site: HomePage) -> None:
    july = {"month": "7", "day": 16, "end_month": "7", "end_day": 17}
    timeline(
        site,
        event(None, "Spotkanie w lipcu", **july),
        event(2021, "Finał", month="10", day=21),
        event(2018, "Początek", month="4", day=1),
        event(2019, "Testy", end_year=2020),
    )
    page = client.get("/o-projekcie/os-czasu/").content.decode()
    places = [page.index(f">{title}<") for title in ("Początek", "Testy", "Finał", "Spotkanie w\xa0lipcu")]
    assert places == sorted(places)
    assert '<time datetime="2018-04-01">1\xa0kwietnia 2018\xa0r.</time>' in page.replace(
        "kwietnia\xa02018", "kwietnia 2018"
    )
    assert '<time datetime="2019">2019–2020</time>' in page
    assert '<time datetime="07-16">16–17\xa0lipca, rok nieznany</time>' in page
    assert page.count("<ol") == 4 + 1  # one for each year, one for the breadcrumbs
    assert 'id="rok-nieznany"' in page


def test_the_timeline_leads_only_to_pages_that_everybody_may_read(client: Client, site: HomePage) -> None:
    seen = make.publish(HomePage.objects.get().add_child(instance=StandardPage(title="Widać", slug="widac")))
    closed = make.publish(HomePage.objects.get().add_child(instance=StandardPage(title="Zamknięte", slug="zamkniete")))
    draft = HomePage.objects.get().add_child(instance=StandardPage(title="Szkic", slug="szkic", live=False))
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    timeline(site, *(event(2018, f"Wpis {page.pk}", page=page) for page in (seen, closed, draft)))
    page = client.get("/o-projekcie/os-czasu/").content.decode()
    assert 'href="/widac/"' in page
    assert "Zamknięte" not in page
    assert "Szkic" not in page


def test_an_empty_timeline_says_so(client: Client, site: HomePage) -> None:
    timeline(site)
    assert "Oś czasu jest jeszcze pusta" in client.get("/o-projekcie/os-czasu/").content.decode()


def test_a_project_tells_each_value_with_its_source_and_what_nobody_tells(client: Client, site: HomePage) -> None:
    values = [
        ("amount", {"amount": Decimal("27773272.46"), "about": "wcześniejsza", "source": "Pierwsze źródło"}),
        ("amount", {"amount": Decimal("31023712.56"), "about": "", "source": "Drugie źródło"}),
    ]
    project_page(site, region="Makroregion I", track="rural", aims="<p>Cel.</p>", values=values, leader="ROPS")
    page = client.get("/o-projekcie/liderzy-kooperacji/").content.decode()
    for words in ("27\xa0773\xa0272,46\xa0zł", "31\xa0023\xa0712,56\xa0zł", "Pierwsze źródło", "Drugie źródło"):
        assert words in page
    assert "Źródła różnią się między sobą" in page
    assert "Źródła nie podają kwoty." in page
    assert "Źródła go nie podają." in page


def test_a_project_leads_to_its_model_and_course(client: Client, site: HomePage) -> None:
    course = make.course("Kurs o modelu")
    project_page(site, course=course)
    assert f'href="{course.get_url()}"' in client.get("/o-projekcie/liderzy-kooperacji/").content.decode()


def test_the_page_about_the_project_leads_to_what_is_below_it(client: Client, site: HomePage) -> None:
    project_page(site, show_in_menus=True, lead="Projekt partnerski.")
    page = client.get("/o-projekcie/").content.decode()
    assert 'href="/o-projekcie/liderzy-kooperacji/"' in page
    assert "Projekt partnerski." in page


@pytest.mark.parametrize("rows", [2, 12])
def test_query_budgets_hold_as_data_grow(
    client: Client, site: HomePage, rows: int, django_assert_max_num_queries: Any
) -> None:
    figures = [datum(str(number), f"Liczba {number}") for number in range(1, rows + 1)]
    lines = [{"datum": figure, "label": "", "number": None} for figure in figures]
    evidence(site, [("datum", figures[0]), ("datum", figures[1]), chart(rows=lines), chart(title="Drugi", rows=lines)])
    pages = [HomePage.objects.get().add_child(instance=StandardPage(title=f"S{n}", slug=f"s{n}")) for n in range(rows)]
    timeline(site, *(event(2018, f"Wpis {page.title}", page=page) for page in pages))
    Project.objects.create(name="P", funding_text="Z Unii.", is_default=True)
    for address, most in (("/wyniki-badan/", 12), ("/o-projekcie/os-czasu/", 12), ("/o-projekcie/", 11)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_the_page_of_a_project_has_a_query_budget(
    client: Client, site: HomePage, django_assert_max_num_queries: Any
) -> None:
    project = Project.objects.create(name="P", funding_text="Z Unii.")
    partners = [("partner", {"name": f"Partner {number}"}) for number in range(12)]
    project_page(site, project=project, course=make.course("Kurs"), partners=partners)
    client.get("/o-projekcie/liderzy-kooperacji/")
    with django_assert_max_num_queries(12):
        client.get("/o-projekcie/liderzy-kooperacji/")


def test_evidence_is_found_by_every_figure(site: HomePage) -> None:
    row = datum(note="Porównania z lat.")
    datum("172", "rodziny objęto testem")
    page = evidence(site, [("datum", row), chart(rows=[{"datum": None, "label": "Zespoły", "number": 5}])])
    text = page.search_text()
    for words in (
        "86,34% – badanych uznało",
        "Porównania z lat",
        "172 – rodziny",
        "Kto pracował",
        "Zespoły",
        "Liczby.",
    ):
        assert words in text


def test_a_project_is_found_by_its_leader_and_region(site: HomePage) -> None:
    page = project_page(site, leader="ROPS w Rzeszowie", region="Makroregion I", aims="<p>Cel projektu.</p>")
    assert all(words in page.search_text() for words in ("ROPS w Rzeszowie", "Makroregion I", "Cel projektu."))
