"""Gminy as people find them: the model for theirs, the register with its map, the partners; by keyboard, on a phone."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from elearning.cms.models import MatchPage, TrackIndexPage, TrackPage
from tests import make
from tests.browser.checks import press, stop, tab_to
from tests.browser.conftest import Browse
from tests.cms.places.builders import directory_page, organisation, participation, places_page

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]

DESKTOP, PHONE = 1440, 320


@pytest.fixture(autouse=True)
def _pages(site: object) -> None:
    """The register with some gminy, the page that matches them with models, and the directory."""
    call_command("load_teryt", verbosity=0)
    index = make.publish(make.site().add_child(instance=TrackIndexPage(title="Modele", slug="modele")))
    track = TrackPage(title="Model w gminach wiejskich", slug="gminy-wiejskie", track="rural")
    make.publish(TrackIndexPage.objects.get(pk=index.pk).add_child(instance=track))
    match = MatchPage(title="Który model dla mojej gminy?", slug="moja-gmina", lead="Wpisz gminę.")
    make.publish(TrackIndexPage.objects.get(pk=index.pk).add_child(instance=match))
    places_page()
    for code in ("2007022", "2007052", "2005092", "2007", "1808032"):
        participation(code, first_year=2019, last_year=2020, source_url="https://example.org/lista")
    participation("1213011", track="urban", phase="")
    directory_page()
    organisation(
        "ROPS w Rzeszowie",
        slug="rops-rzeszow",
        track="rural",
        role="leader",
        street="ul. Hetmańska 9",
        postcode="35-045",
        phone="17 747 06 00",
        email="sekretariat@rops.rzeszow.pl",
    )
    organisation("ROPS w Kielcach", slug="rops-kielce", track="rural", role="partner", town="Kielce")


def everywhere(page: Page) -> None:
    """One state on a desktop and on a phone, which is also a desktop at 400 %."""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        stop(page)
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def test_gmina_is_matched_by_keyboard_alone(page: Page) -> None:
    page.goto("/modele/moja-gmina/")
    everywhere(page)
    tab_to(page, page.get_by_label("Nazwa gminy albo miasta"))
    page.keyboard.type("lomza")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Wybierz swoją gminę")).to_be_visible()
    everywhere(page)
    press(
        page, page.get_by_role("main").get_by_role("listitem").filter(has_text="powiat łomżyński").get_by_role("link")
    )
    expect(page.get_by_role("heading", name="Gmina wiejska Łomża")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Poznaj model")).to_have_attribute(
        "href", "/modele/gminy-wiejskie/"
    )
    expect(page.get_by_role("main").get_by_role("link", name="Piątnica")).to_be_visible()
    everywhere(page)


def test_town_unknown_name_and_slip_are_helped(page: Page) -> None:
    page.goto("/modele/moja-gmina/?gmina=Oświęcim")
    everywhere(page)
    page.get_by_role("link", name="20 tys. lub mniej").click()
    expect(page.get_by_text("Żaden model nie jest wprost dla tej gminy")).to_be_visible()
    everywhere(page)
    page.goto("/modele/moja-gmina/?gmina=Piontnica")
    everywhere(page)
    page.get_by_role("main").get_by_role("link", name="Piątnica", exact=True).click()
    expect(page.get_by_role("heading", name="Gmina wiejska Piątnica")).to_be_visible()


def test_map_and_filters_choose_without_a_reload(page: Page) -> None:
    page.goto("/gminy/")
    everywhere(page)
    page.evaluate("window.stayed = true")
    tile = page.get_by_role("link", name="podlaskie 4: 3 gminy, 1 powiat")
    press(page, tile)
    expect(page).to_have_url("/gminy/?wojewodztwo=20")
    expect(page.get_by_role("heading", name="3 gminy i 1 powiat")).to_be_visible()
    expect(page.get_by_label("Województwo", exact=True)).to_have_value("20")
    everywhere(page)
    page.get_by_label("Model kooperacji").select_option("urban")
    expect(page.get_by_text("Nie ma takich wpisów").first).to_be_visible()
    everywhere(page)
    page.get_by_role("link", name="Pokaż wszystkie wpisy").click()
    expect(page.get_by_role("heading", name="5 gmin i 1 powiat")).to_be_visible()
    page.get_by_role("link", name="źródło [1]").first.click()
    expect(page).to_have_url(re.compile(r"/gminy/#zrodlo-1$"))
    assert page.evaluate("window.stayed")


def test_map_is_a_table_too(page: Page) -> None:
    page.goto("/gminy/?wojewodztwo=20")
    page.get_by_text("Pokaż mapę jako tabelę").click()
    table = page.get_by_role("table", name="Gminy i powiaty według województw")
    expect(table.get_by_role("row", name="podlaskie (wybrane) 3 1")).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(17)
    everywhere(page)
    table.get_by_role("link", name="podkarpackie").click()
    expect(page).to_have_url("/gminy/?wojewodztwo=18")


def test_register_works_without_scripts(browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto("/gminy/")
    page.get_by_label("Model kooperacji").select_option("urban")
    page.get_by_role("button", name="Pokaż wpisy").click()
    expect(page.get_by_role("heading", name="1 gmina", exact=True)).to_be_visible()
    page.get_by_role("link", name="Oświęcim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Miasto Oświęcim")
    page.goto("/modele/moja-gmina/")
    page.get_by_label("Nazwa gminy albo miasta").fill("gm. piatnica")
    page.get_by_role("button", name="Sprawdź").click()
    expect(page.get_by_role("heading", name="Gmina wiejska Piątnica")).to_be_visible()


def test_gmina_powiat_and_partner_fit_every_screen(page: Page) -> None:
    for address in ("/gminy/2007052/", "/gminy/2007/", "/gminy/2062011/", "/partnerzy/", "/partnerzy/rops-kielce/"):
        page.goto(address)
        everywhere(page)
    page.goto("/partnerzy/")
    page.get_by_role("link", name="ROPS w Rzeszowie").click()
    expect(page.get_by_role("heading", name="Jak dojechać")).to_be_visible()
    expect(page.get_by_role("link", name="17 747 06 00").first).to_have_attribute("href", "tel:+48177470600")
    everywhere(page)
