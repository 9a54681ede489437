"""After a webinar: the organiser reads in a report of Teams, says whose the unclear stays are, decides a difference."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.models import AttendanceMark, Registration
from tests import make, trainings
from tests.browser.checks import fits, press, tab_to
from tests.browser.conftest import Browse
from tests.browser.test_document_editor import accessible
from tests.records.meeting_reports.exports import TEAMS_PL, teams
from tests.records.test_attendance_import import page as webinar

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def here(site: object) -> TrainingPage:
    return webinar(title="Webinarium o\xa0kooperacji")


@pytest.fixture
def lucja(here: TrainingPage) -> Registration:
    pcpr = make.institution("PCPR w\xa0Łańcucie")
    trainings.registered(here, "swiecka@example.org", first_name="Janina", last_name="Święcka", institution=pcpr)
    trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Święcki-Bąk", institution=pcpr)
    return trainings.registered(here, "lucja@pcpr.example.org", first_name="Łucja", last_name="Żmigrodzka")


def looked_at(page: Page) -> None:
    """Nothing for axe to find on a desktop, nothing too wide on a phone."""
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 900})
    fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_a_report_to_presence(
    browse: Browse, here: TrainingPage, lucja: Registration, editor: User, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    page = browse(editor)
    page.goto(f"/redakcja/szkolenia/{here.pk}/obecnosc/")
    press(page, page.get_by_role("link", name="Wczytaj raport ze spotkania"))
    refused(page)
    read_in(page)
    settle(page)
    typed_from_paper(page)
    decided(page)
    known = attendance.presences_of(lucja)
    assert {each.presence.value for each in known.values() if each.presence} == {"present"}


def refused(page: Page) -> None:
    """A picture instead of a report: the summary has the focus, and leads to the field."""
    page.get_by_label("Plik z\xa0raportem obecności").set_input_files(
        {"name": "zdjecie.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\0\0\0"}
    )
    press(page, page.get_by_role("button", name="Pokaż podgląd"))
    expect(page.get_by_role("alert").filter(has_text="To nie jest plik tekstowy")).to_be_focused()
    looked_at(page)


def read_in(page: Page) -> None:
    page.get_by_label("Plik z\xa0raportem obecności").set_input_files(
        {"name": "Obecność.csv", "mimeType": "text/csv", "buffer": teams(TEAMS_PL)}
    )
    press(page, page.get_by_role("button", name="Pokaż podgląd"))
    expect(page.get_by_text("To tylko podgląd.")).to_be_visible()
    looked_at(page)
    press(page, page.get_by_role("button", name="Wczytaj obecność"))
    expect(page.get_by_text("Raport jest wczytany.")).to_be_visible()


def settle(page: Page) -> None:
    """By keyboard: one is a person of the list, one is nobody of ours."""
    group = page.get_by_role("group", name="Jan Święcki")
    expect(group).to_contain_text("Razem 204")
    looked_at(page)
    tab_to(page, group.get_by_role("radio").first)
    page.keyboard.press("Space")
    expect(group.get_by_role("radio", name="Święcki-Bąk Jan, PCPR w\xa0Łańcucie, jan@example.org")).to_be_checked()
    other = page.get_by_role("group", name="Marta Ćwiek, marta@rops.example.org")
    other.get_by_role("radio", name="To nikt z\xa0zapisanych").check()
    press(page, page.get_by_role("button", name="Zapisz rozstrzygnięcia"))
    expect(page.get_by_text("2\xa0wpisy są rozstrzygnięte.")).to_be_visible()
    looked_at(page)


def typed_from_paper(page: Page) -> None:
    page.get_by_role("link", name="Obecność", exact=True).click()
    press(page, page.get_by_role("link", name="Wpisz z\xa0listy papierowej"))
    line = page.get_by_role("group", name="Żmigrodzka Łucja")
    line.get_by_role("radio", name="obecność", exact=True).check()
    looked_at(page)
    press(page, page.get_by_role("button", name="Zapisz listę papierową"))
    expect(page.get_by_text("zapisano 1\xa0osobę")).to_be_visible()


def decided(page: Page) -> None:
    """The report says she was absent in the morning, the paper that she was there."""
    page.get_by_role("link", name="Obecność", exact=True).click()
    expect(page.get_by_role("heading", name="Rozbieżności: 1")).to_be_visible()
    looked_at(page)
    page.get_by_role("checkbox", name="Zaznacz do decyzji zbiorczej").check()
    page.get_by_label("Dla zaznaczonych uznaj").select_option("paper")
    press(page, page.get_by_role("button", name="Zapisz decyzje"))
    expect(page.get_by_text("1\xa0decyzja jest zapisana.")).to_be_visible()
    expect(page.get_by_role("heading", name="Rozbieżności")).to_have_count(0)
    assert AttendanceMark.objects.filter(source="decision").count() == 1
    page.get_by_role("link", name="Żmigrodzka Łucja").click()
    expect(page.get_by_text("Uznano listę papierową.")).to_be_visible()
    looked_at(page)
