"""Trainings as people find and read them: list, calendar and page, wide and narrow, without reloads or scripts."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from courses.models import TrainingPage
from elearning.cms.models import Project
from elearning.records.places import Standing
from tests import make, trainings
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]

DESKTOP, PHONE = 1440, 320
MARCH = "/szkolenia/?widok=kalendarz&miesiac=2097-03"


@pytest.fixture
def coming(site: object) -> TrainingPage:
    """A training of two days over the end of a month, a webinar that is full, one called off, one that is over."""
    page = trainings.training(
        "Szkolenie dla powiatów",
        on=date(2097, 3, 31),
        slug="powiaty",
        lead="Dwa dni o pracy w zespole.",
        about="<p>Poznasz model.</p>",
        audience="Pracownice i pracownicy PCPR.",
        address="ul. Szkolna 1, Łomża",
        directions="Od dworca pięć minut.",
        accessibility="Pętla indukcyjna.",
        rules="<p>Zabierz dokument.</p>",
        contact_name="Joanna Kamińska",
        contact_email="joanna@example.org",
        contact_phone="41 123 45 67",
        capacity=20,
        is_sample=True,
        urban=False,
        project=Project.objects.create(name="Liderzy kooperacji", funding_text="Dofinansowanie z Funduszy."),
        materials=[("link", {"title": "Do przeczytania", "audience": "all", "url": "https://example.org/tekst"})],
    )
    webinar = trainings.training(
        "Webinarium o prawie", days=[trainings.day(date(2097, 3, 3))], kind="webinar", mode="online", capacity=1
    )
    trainings.registered(webinar)
    trainings.training(
        "Odwołane", days=[trainings.day(date(2097, 3, 4))], called_off=True, called_off_reason="Choroba."
    )
    trainings.training("Dawne", days=[trainings.day(date(2021, 3, 5))], slug="dawne")
    return page


def everywhere(page: Page) -> None:
    """One state on a desktop and on a phone, which is also a desktop at 400 %."""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        stop(page)
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def test_every_view_is_accessible_wide_and_narrow(coming: TrainingPage, page: Page) -> None:
    for address in ("/szkolenia/", MARCH, "/szkolenia/?widok=archiwum", "/szkolenia/?rodzaj=meeting", "/"):
        page.goto(address)
        everywhere(page)
    page.goto("/szkolenia/?widok=kalendarz&miesiac=2097-02")
    expect(page.get_by_role("main").locator(".empty")).to_contain_text("W tym miesiącu nie ma wydarzeń")
    everywhere(page)


def test_the_page_is_accessible_to_strangers_and_to_who_has_a_place(
    coming: TrainingPage, page: Page, browse: Browse
) -> None:
    for address in ("/szkolenia/powiaty/", "/szkolenia/dawne/"):
        page.goto(address)
        everywhere(page)
    anna = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    trainings.registered(coming, user=anna, standing=Standing.ADMITTED)
    hers = browse(anna)
    hers.goto("/szkolenia/powiaty/")
    expect(hers.get_by_role("heading", name="Masz miejsce")).to_be_visible()
    everywhere(hers)


def test_the_calendar_is_a_table_on_a_desktop_and_a_list_on_a_phone(coming: TrainingPage, page: Page) -> None:
    page.goto(MARCH)
    expect(page.get_by_role("columnheader")).to_have_count(7)
    expect(page.get_by_role("cell", name="31 marca 2097 r.")).to_contain_text("9:00–16:00")
    expect(page.get_by_text("15", exact=True)).to_be_visible()
    page.set_viewport_size({"width": PHONE, "height": 900})
    expect(page.get_by_text("31 marca 2097 r., niedziela")).to_be_visible()
    expect(page.get_by_text("15", exact=True)).to_be_hidden()
    press(page, page.get_by_role("link", name="Następny miesiąc"))
    expect(page.get_by_role("heading", name="kwiecień 2097")).to_be_focused()
    expect(page.get_by_role("link", name="Szkolenie dla powiatów")).to_have_count(1)


def test_views_and_filters_change_without_a_reload_and_back_again(coming: TrainingPage, page: Page) -> None:
    page.goto("/szkolenia/")
    page.evaluate("window.same = true")
    page.get_by_label("Tylko z wolnymi miejscami").check()
    expect(page.get_by_role("heading", name="1 wydarzenie")).to_be_visible()
    expect(page.get_by_role("link", name="Webinarium o prawie")).to_have_count(0)
    page.get_by_role("link", name="Archiwum").click()
    expect(page.get_by_role("main").locator(".empty")).to_contain_text("Nie ma takich wydarzeń")
    page.go_back()
    expect(page.get_by_role("heading", name="1 wydarzenie")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="3 wydarzenia")).to_be_visible()
    expect(page.get_by_label("Tylko z wolnymi miejscami")).not_to_be_checked()
    assert page.evaluate("window.same") is True


def test_filters_work_without_scripts(coming: TrainingPage, browse: Browse) -> None:
    page = browse(java_script_enabled=False)
    page.goto(MARCH)
    page.get_by_label("Rodzaj").select_option("webinar")
    page.get_by_role("button", name="Pokaż szkolenia").click()
    expect(page.get_by_role("heading", name="marzec 2097")).to_be_visible()
    expect(page.get_by_role("link", name="Webinarium o prawie")).to_be_visible()
    expect(page.get_by_role("link", name="Szkolenie dla powiatów")).to_have_count(0)
