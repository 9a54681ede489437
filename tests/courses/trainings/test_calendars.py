"""Files and feeds for calendars: who gets which, and what a change looks like there."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records import calendar_feeds
from elearning.records.models import CalendarFeed, TrainingBook
from elearning.records.places import Standing
from tests import make
from tests.trainings import block, day, registered, training

pytestmark = pytest.mark.django_db

SUNDAY = date(2027, 3, 28)  # the clocks change
SETTINGS = "/szkolenia/-/kalendarz/"


def entries(answer: Any) -> list[Any]:
    """The entries of a file, once both parsers agree about them."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    found = Calendar.from_ical(text).walk("VEVENT")
    others = IcsCalendarStream.calendar_from_ics(text).events
    assert [(entry["UID"], entry["SUMMARY"], entry["DTSTART"].dt) for entry in found] == [
        (other.uid, other.summary, other.dtstart) for other in others
    ]
    return list(found)


def own(client: Client, user: User) -> Any:
    return client.get(reverse("trainings:own_feed", args=[calendar_feeds.renew(user)]))


def test_one_training_to_take_away(client: Client) -> None:
    page = training("Łącznie; wszyscy, razem", slug="lacznie", days=[day(SUNDAY, block("10:00", "14:00"))])
    answer = client.get("/szkolenia/lacznie/-/kalendarz.ics")
    [entry] = entries(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="lacznie.ics"'
    assert entry["DTSTART"].to_ical() == b"20270328T100000"
    assert (entry["UID"], entry["SEQUENCE"]) == (str(page.translation_key), 0)
    assert entry["URL"] == "http://localhost:8000/szkolenia/lacznie/"
    assert "ATTENDEE" not in entry


def test_file_counts_the_changes_told(client: Client) -> None:
    page = training()
    registered(page)
    TrainingBook.objects.update(sequence=4, announced_at=timezone.now() + timedelta(minutes=1))
    [entry] = entries(client.get(reverse("trainings:event", args=[page.slug])))
    assert entry["SEQUENCE"] == 4
    assert entry["DTSTAMP"].dt > page.last_published_at


def test_training_without_days_or_unpublished_has_no_file(client: Client) -> None:
    dateless, hidden = training(days=[]), training()
    hidden.unpublish()
    for slug in (dateless.slug, hidden.slug, "nie-ma"):
        assert client.get(reverse("trainings:event", args=[slug])).status_code == 404


def test_link_into_the_meeting_is_in_no_feed(client: Client, learner: User) -> None:
    page = training("Webinarium", mode="online", join_url="https://spotkania.example.org/tajne")
    registered(page, user=learner)
    for answer in (client.get(reverse("trainings:feed")), own(client, learner)):
        assert "tajne" not in answer.content.decode().replace("\r\n ", "")
        assert entries(answer)[0]["LOCATION"] == "online"


def test_feed_of_all_holds_coming_and_recent_ones_that_are_published(client: Client) -> None:
    today = timezone.localdate()
    training("Przyszłe")
    training("Niedawne", on=today - timedelta(days=80))
    training("Dawne", on=today - timedelta(days=100))
    training("Bez terminu", days=[])
    training("Ukryte").unpublish()
    assert [entry["SUMMARY"] for entry in entries(client.get(reverse("trainings:feed")))] == ["Niedawne", "Przyszłe"]


def test_feed_of_all_says_what_is_called_off(client: Client) -> None:
    training("Przyszłe", called_off=True, called_off_reason="Choroba.")
    [entry] = entries(client.get(reverse("trainings:feed")))
    assert (entry["SUMMARY"], entry["STATUS"]) == ("Odwołane: Przyszłe", "CANCELLED")


@pytest.mark.parametrize("whose", ["all", "own"])
def test_calendar_that_asks_again_gets_nothing_until_something_changed(
    client: Client, learner: User, whose: str
) -> None:
    page = training("Przyszłe")
    registered(page, user=learner)
    address = reverse("trainings:feed")
    if whose == "own":
        address = reverse("trainings:own_feed", args=[calendar_feeds.renew(learner)])
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    fresh = TrainingPage.objects.get(pk=page.pk)
    fresh.title = "Przełożone"
    make.publish(fresh)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert [entry["SUMMARY"] for entry in entries(changed)] == ["Przełożone"]
    TrainingBook.objects.update(sequence=1)
    told = client.get(address, headers={"If-None-Match": changed["ETag"]})
    assert [entry["SEQUENCE"] for entry in entries(told)] == [1]


def test_own_feed_holds_what_one_has_or_waits_for(client: Client, learner: User, stranger: User) -> None:
    for standing in Standing:
        registered(training(str(standing)), user=learner, standing=standing)
    registered(training("bez konta"), email=learner.email.upper())
    registered(training("cudze"), user=stranger)
    answer = own(client, learner)
    found = {entry["SUMMARY"]: entry["STATUS"] for entry in entries(answer)}
    assert found == {
        "admitted": "CONFIRMED",
        "reserved (lista rezerwowa)": "TENTATIVE",
        "offered (miejsce do potwierdzenia)": "TENTATIVE",
        "bez konta": "CONFIRMED",
    }
    assert "private" in answer["Cache-Control"]


def test_own_entries_lead_to_ones_own_pages(client: Client, learner: User) -> None:
    page = training()
    person = registered(page, user=learner)
    [entry] = entries(own(client, learner))
    assert entry["URL"] == f"http://localhost:8000/szkolenia/{page.slug}/-/zgloszenie/{person.token}/"


def test_wrong_old_or_closed_address_is_not_found(client: Client, learner: User) -> None:
    old = calendar_feeds.renew(learner)
    new = calendar_feeds.renew(learner)
    assert client.get(reverse("trainings:own_feed", args=[old])).status_code == 404
    assert client.get(reverse("trainings:own_feed", args=[uuid4()])).status_code == 404
    assert client.get(reverse("trainings:own_feed", args=[new])).status_code == 200
    User.objects.filter(pk=learner.pk).update(is_active=False)
    assert client.get(reverse("trainings:own_feed", args=[new])).status_code == 404


def test_addresses_are_shown_to_their_owner_and_made_by_a_button_only(client: Client, learner: User) -> None:
    client.force_login(learner)
    assert "Nie masz jeszcze swojego adresu." in client.get(SETTINGS).content.decode()
    assert not CalendarFeed.objects.exists()
    answer = client.post(SETTINGS, follow=True).content.decode()
    key = CalendarFeed.objects.get().key
    assert f'value="http://localhost:8000/szkolenia/-/kalendarz/{key}.ics"' in answer
    assert 'value="http://localhost:8000/szkolenia/-/kalendarz.ics"' in answer
    assert "Masz swój adres kalendarza." in answer
    answer = client.post(SETTINGS, follow=True).content.decode()
    assert str(key) not in answer
    assert "Poprzedni już nie działa." in answer
    assert CalendarFeed.objects.count() == 1


def test_addresses_are_nobody_elses(client: Client) -> None:
    answer = client.get(SETTINGS)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")
    assert client.post(SETTINGS).status_code == 302
    assert not CalendarFeed.objects.exists()


def test_calendars_ask_few_questions(
    client: Client, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        registered(training(f"Szkolenie {number}"), user=learner)
    address = reverse("trainings:own_feed", args=[calendar_feeds.renew(learner)])
    with django_assert_max_num_queries(3):
        client.get(address)
    with django_assert_max_num_queries(2):
        first = client.get(reverse("trainings:feed"))
    with django_assert_max_num_queries(1):
        client.get(reverse("trainings:feed"), headers={"If-None-Match": first["ETag"]})
    client.force_login(learner)
    with django_assert_max_num_queries(4):
        client.get(SETTINGS)
