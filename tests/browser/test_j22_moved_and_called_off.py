"""J22: an editor moves a training across the change to summer time, then calls it off; calendars follow."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import Page, expect

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records.places import Standing
from tests import make
from tests.browser.checks import stop
from tests.browser.conftest import Browse
from tests.trainings import block, day, registered, summer_time, training

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SUNDAY = summer_time()
SATURDAY = SUNDAY - timedelta(days=1)


@pytest.fixture
def announced(site: object) -> TrainingPage:
    """Z1: on the Saturday before the change, ten to two, with somebody admitted and somebody waiting."""
    page = training(
        "Z1", slug="z1", days=[day(SATURDAY, block("10:00", "14:00", "Mapa zasobów gminy"))], has_registration=True
    )
    registered(page, "ola@example.org")
    registered(page, "piotr@example.org", standing=Standing.RESERVED)
    call_command("training_notices")
    return page


@pytest.fixture
def desk(browse: Browse, editor: User, settings: Any) -> Any:
    settings.STAFF_SECOND_FACTOR = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # when something is saved, the journey says
    opened = browse(editor, height=1800)
    yield opened
    opened.goto("about:blank")  # the form says good-bye to the server, which must still be there


def edit(desk: Page, page: TrainingPage, tab: str) -> None:
    desk.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    desk.get_by_role("tab", name=tab, exact=True).click()


def publish(desk: Page) -> None:
    button = desk.get_by_role("button", name="Opublikuj", exact=True)
    if not button.is_visible():
        desk.get_by_role("button", name="Więcej akcji", exact=True).click()
    button.click()
    expect(desk.get_by_text(re.compile("została opublikowana|opublikowano", re.IGNORECASE)).first).to_be_visible()


def minute_passes() -> None:
    """Twice, as with two workers."""
    call_command("training_notices")
    call_command("training_notices")


def letters_to(address: str) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [address]]


def entry(letter: Any) -> tuple[str, Any]:
    """The method and the entry that calendar programs find among the alternatives."""
    [part] = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == str(calendar["METHOD"])
    [found] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), found


def taken_away(page: Page, address: str) -> Any:
    """The file of „Dodaj do kalendarza”."""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [found] = Calendar.from_ical(answer.body()).walk("VEVENT")
    return found


def says(page: Page, on: date, hour: str) -> None:
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(rf"{on.day}\s+marca"))
    expect(main).to_contain_text(hour)


def move(desk: Page, page: TrainingPage, to: date) -> None:
    edit(desk, page, "Kiedy i\xa0gdzie")
    desk.locator("[name='days-0-value-date']").fill(to.isoformat())
    desk.keyboard.press("Tab")
    publish(desk)


def call_off(desk: Page, page: TrainingPage, why: str) -> None:
    edit(desk, page, "Opis")
    desk.locator("[name='called_off']").check()
    desk.locator("[name='called_off_reason']").fill(why)
    publish(desk)


def is_moved(found: Any, before: Any) -> None:
    """The same entry, once changed, at ten o'clock of summer time."""
    assert found["UID"] == before["UID"]
    assert found["SEQUENCE"] == before["SEQUENCE"] + 1
    assert found["DTSTART"].to_ical() == f"{SUNDAY:%Y%m%d}T100000".encode()
    assert found["DTSTART"].dt.utcoffset() == timedelta(hours=2)


def test_moved_training_stays_at_ten_everywhere_and_leaves_calendars_when_called_off(
    browse: Browse, desk: Page, announced: TrainingPage
) -> None:
    address, file = reverse("trainings:training", args=["z1"]), reverse("trainings:event", args=["z1"])
    visitor = browse()
    visitor.goto(address)
    says(visitor, SATURDAY, "10:00")
    before = taken_away(visitor, file)

    move(desk, announced, SUNDAY)
    minute_passes()
    visitor.reload()
    says(visitor, SUNDAY, "10:00")
    stop(visitor)
    [moved] = letters_to("ola@example.org")
    assert re.search(rf"Jest: \w+, {SUNDAY.day}\s+marca\s+{SUNDAY.year}\s+r., 10:00–14:00", moved.body)
    method, now = entry(moved)
    assert method == "REQUEST"
    is_moved(now, before)
    is_moved(taken_away(visitor, file), before)
    assert "lista rezerwowa" in letters_to("piotr@example.org")[0].body

    call_off(desk, announced, "Choroba osoby prowadzącej.")
    minute_passes()
    for letters in (letters_to("ola@example.org"), letters_to("piotr@example.org")):
        assert [letter.subject for letter in letters] == ["Zmiana terminu: „Z1”", "Odwołane: „Z1”"]
        assert "Choroba osoby prowadzącej." in letters[-1].body
    method, gone = entry(letters_to("ola@example.org")[-1])
    assert (method, gone["UID"], gone["STATUS"]) == ("CANCEL", before["UID"], "CANCELLED")
    assert gone["SEQUENCE"] == before["SEQUENCE"] + 2
    assert taken_away(visitor, file)["STATUS"] == "CANCELLED"


def test_own_calendar_has_an_address_that_can_be_ended(browse: Browse, announced: TrainingPage) -> None:
    ola = make.user("Ola", "Nowak", email="ola@example.org")
    page = browse(ola, width=320, height=640)
    page.goto(reverse("trainings:calendar_settings"))
    stop(page)
    page.get_by_role("main").get_by_role("button", name="Utwórz adres").click()
    field = page.get_by_label("Twój adres kalendarza")
    first = field.input_value()
    stop(page)
    assert taken_away(page, first)["SUMMARY"] == "Z1"
    page.get_by_role("main").get_by_role("button", name="Kopiuj adres").first.click()
    expect(page.get_by_role("status").filter(has_text=re.compile("Skopiowano|Zaznaczyliśmy")).first).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Utwórz nowy adres").click()
    expect(page.get_by_text("Poprzedni już nie działa.")).to_be_visible()
    assert field.input_value() != first
    assert page.request.get(first).status == 404
    assert taken_away(page, field.input_value())["SUMMARY"] == "Z1"
