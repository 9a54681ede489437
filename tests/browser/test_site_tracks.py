"""The models of cooperation and the glossary: accessible, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from elearning.cms.models import HomePage
from tests import make
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse
from tests.cms.tracks import builders

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def course(site: HomePage) -> object:
    pzk = builders.term()
    builders.glossary()
    builders.index(comparison=[builders.row("Zespół"), builders.row("Cel", is_common=True)])
    course = make.course("Kurs o modelu")
    roles = [builders.role("county", "Zespół", term=pzk), builders.role("voivodeship", "ROPS", members="eksperci")]
    benefits = [("level", {"level": level, "text": "<p>Mniej pism.</p>"}) for level in ("county", "commune")]
    stages = [builders.stage("Zespół", course), builders.stage("Ocena")]
    builders.track(
        roles=roles, stages=stages, benefits=benefits, stages_are_sample=True, course=course, aim="<p>Cel.</p>"
    )
    return course


@pytest.mark.parametrize("width", [320, 1440])
def test_from_the_models_to_a_term_and_to_the_course(browse: Browse, course: object, width: int) -> None:
    page = browse(width=width, height=800)
    page.goto("/modele/")
    stop(page)
    main = page.get_by_role("main")
    expect(page.get_by_role("table", name="Czym się różnią").get_by_role("rowheader")).to_have_text("Zespół")
    press(page, main.get_by_role("link", name="Model rural"))
    stop(page)
    press(page, main.get_by_role("link", name="Etapy i\xa0kroki"))
    expect(page).to_have_url("/modele/rural/#etapy")
    press(page, page.get_by_role("tab", name="Powiat"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Gmina")).to_be_visible()
    press(page, main.get_by_role("link", name="Zespół", exact=True))
    expect(page).to_have_url("/slownik/#pzk")
    stop(page)
    page.go_back()
    press(page, main.get_by_role("link", name="Zobacz kurs o tym modelu"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurs o modelu")
