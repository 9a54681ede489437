"""Evidence, timeline and projects of the demo site: what the sources say, and nothing else."""

import pytest
from django.test import Client
from wagtail.models import Page

from courses.demo import bank, evidence, signs
from courses.demo.files import read
from courses.demo.streams import Shelves
from elearning.cms.blocks.chart import read as plot_of
from elearning.cms.models import Datum, EvidencePage, HomePage, Project, ProjectPage, StandardPage, TimelinePage
from elearning.cms.plots import in_words
from tests import make

pytestmark = pytest.mark.django_db

ROWS_OF_THE_INVENTORY = ("86,34%", "74%", "596", "419", "40", "27", "350", "16 miesięcy", "140", "172", "2")


@pytest.fixture
def demo(site: HomePage) -> HomePage:
    signs.project()
    make.publish(HomePage.objects.get().add_child(instance=StandardPage(title="O projekcie", slug="o-projekcie")))
    home = HomePage.objects.get()
    evidence.build(home, Shelves(bank.figures(), {}))
    return home


def test_every_figure_of_the_sources_is_on_the_page(client: Client, demo: HomePage) -> None:
    page = client.get("/wyniki-badan/").content.decode().replace("\xa0", " ")
    for value in ROWS_OF_THE_INVENTORY:
        assert f'<p class="register__value numeric">{value}</p>' in page
    assert page.count('class="register__row"') == Datum.objects.count()
    assert "urywa się przed liczbą" in page


def test_charts_say_what_the_sources_say(demo: HomePage) -> None:
    charts = [plot_of(block.value) for block in EvidencePage.objects.get().body if block.block_type == "chart"]
    words = [in_words(chart).replace("\xa0", " ") for chart in charts]
    assert words[0] == "Osoby badane, które uznały model za skuteczny: 86,34%. Pozostałe osoby badane: 13,66%."
    assert "140 (81,4%)" in words[1]
    assert "Osoby: 596." in words[2]
    assert all(chart.sources for chart in charts)


def test_the_summary_of_research_is_a_pdf_to_take_away(client: Client, demo: HomePage) -> None:
    page = client.get("/wyniki-badan/").content.decode()
    assert "(PDF, " in page
    attachment = next(block for block in EvidencePage.objects.get().body if block.block_type == "attachment")
    response = client.get(attachment.value["document"].url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_the_timeline_has_every_event_and_invents_no_year(client: Client, demo: HomePage) -> None:
    page = client.get("/o-projekcie/os-czasu/").content.decode()
    assert page.count('class="timeline__event"') == len(read("evidence.toml")["timeline"]["event"])
    for day in ("2018-12-17", "2021-03-05", "2021-03-10", "2021-04-13", "2021-10-21"):
        assert f'datetime="{day}"' in page
    july = page.split('id="rok-nieznany"')[1]
    assert july.count("rok nieznany</time>") == 3
    assert "Rzeszowie" in july


def test_dates_and_charts_pass_the_editors_own_checks(demo: HomePage) -> None:
    for page in (EvidencePage.objects.get(), TimelinePage.objects.get(), *ProjectPage.objects.all()):
        page.full_clean()
        for name in ("body", "entries", "periods", "values", "contributions", "partners"):
            if stream := getattr(page, name, None):
                stream.stream_block.clean(stream)


def test_three_projects_have_pages_signs_and_words(client: Client, demo: HomePage) -> None:
    assert [page.region for page in ProjectPage.objects.order_by("path")] == [
        "Makroregion I",
        "Makroregion II",
        "Makroregion III",
    ]
    first = client.get("/o-projekcie/liderzy-kooperacji/").content.decode()
    assert "27\xa0773\xa0272,46\xa0zł" in first
    assert "31\xa0023\xa0712,56\xa0zł" in first
    second = client.get("/o-projekcie/kooperacja-efektywna-i-skuteczna/").content.decode()
    assert "Źródła jej nie podają." in second
    assert "„Kooperacja – efektywna i\xa0skuteczna” współfinansowany" in second
    assert Project.objects.get(is_default=True).name == "Liderzy kooperacji"


def test_built_again_nothing_changes(demo: HomePage) -> None:
    before = list(Page.objects.values_list("pk", "latest_revision_id"))
    evidence.build(HomePage.objects.get(), Shelves(bank.figures(), {}))
    assert list(Page.objects.values_list("pk", "latest_revision_id")) == before
