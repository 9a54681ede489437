"""That a training is moved or called off: everybody concerned is told once, and their calendars follow."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.cms.templatetags.polish import polish_date
from elearning.notifications.models import Message
from elearning.records import announcing
from elearning.records.models import Registration, TrainingBook
from elearning.records.places import OPEN, Standing
from tests import make
from tests.records.test_attempts import in_threads
from tests.trainings import block, day, registered, summer_time, training

SUNDAY = summer_time()  # the clocks change
SATURDAY = SUNDAY - timedelta(days=1)


def workshop(*days: Any, **fields: Any) -> TrainingPage:
    """A training of those days, of that Saturday at ten where none are given, that people were told of."""
    page = training("Warsztaty", days=list(days) or [day(SATURDAY, block("10:00", "14:00"))], **fields)
    registered(page, "pierwsza@example.org")
    announce(page)
    return page


def announce(page: TrainingPage, now: datetime | None = None) -> int:
    return announcing.announce(training_of(TrainingPage.objects.get(pk=page.pk)), now or timezone.now())


def words(day: date) -> str:
    return f"{polish_date(day)}, "


def on(day: date) -> bytes:
    """Ten o'clock of that day, as a calendar writes it."""
    return f"{day:%Y%m%d}T100000".encode()


def change(page: TrainingPage, **fields: Any) -> TrainingPage:
    """The page published with other words."""
    fresh = TrainingPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    published: TrainingPage = make.publish(fresh)
    return published


def move(page: TrainingPage, on: date, number: int = 0) -> TrainingPage:
    """The page with one of its days on another date, as an editor moves it."""
    raw = [dict(item) for item in TrainingPage.objects.get(pk=page.pk).days.raw_data]
    raw[number] = {**raw[number], "value": {**raw[number]["value"], "date": on.isoformat()}}
    return change(page, days=raw)


def letters(kind: str = "training-") -> list[Message]:
    return list(Message.objects.filter(key__startswith=kind).order_by("pk"))


def entry(message: Message) -> Any:
    [found] = Calendar.from_ical(message.calendar).walk("VEVENT")
    return found


def method(message: Message) -> str:
    return str(Calendar.from_ical(message.calendar)["METHOD"]) if message.calendar else ""


@pytest.mark.django_db
def test_training_seen_for_the_first_time_is_only_taken_down() -> None:
    page = workshop()
    book = TrainingBook.objects.get(page=page)
    assert letters() == []
    assert (book.sequence, book.announced["title"], book.announced_at) == (0, "Warsztaty", None)


@pytest.mark.django_db
def test_training_for_which_nobody_registered_keeps_no_book() -> None:
    assert announce(training()) == 0
    assert not TrainingBook.objects.exists()


@pytest.mark.django_db
def test_training_moved_across_the_change_of_clocks_stays_at_ten() -> None:
    page = workshop()
    move(page, SUNDAY)
    assert announce(page) == 1
    [message] = letters()
    assert message.key == f"training-moved:{page.pk}:1:{Registration.objects.get().pk}"
    assert message.recipient == "pierwsza@example.org"
    assert message.subject == "Zmiana terminu: „Warsztaty”"
    assert f"było: sobota, {words(SATURDAY)}10:00–14:00" in message.body.lower()
    assert f"jest: niedziela, {words(SUNDAY)}10:00–14:00" in message.body.lower()
    assert "Miejsce" not in message.body
    assert "Nazwa" not in message.body
    found = entry(message)
    assert method(message) == "REQUEST"
    assert (found["UID"], found["SEQUENCE"]) == (str(page.translation_key), 1)
    assert found["DTSTART"].to_ical() == on(SUNDAY)
    assert found["DTSTART"].dt.utcoffset() == timedelta(hours=2)
    assert found["ATTENDEE"] == "mailto:pierwsza@example.org"


@pytest.mark.django_db
def test_announcing_again_tells_nothing_and_changes_nothing() -> None:
    page = workshop()
    move(page, SUNDAY)
    announce(page)
    before = TrainingBook.objects.filter(page=page).values().get()
    assert announce(page) == 0
    assert TrainingBook.objects.filter(page=page).values().get() == before
    assert len(letters()) == 1


@pytest.mark.django_db
def test_publishing_what_nobody_plans_by_tells_nothing() -> None:
    page = workshop()
    change(page, audience="Wszyscy", contact_name="Ktoś inny", join_url="https://example.org/spotkanie")
    assert announce(page) == 0
    assert TrainingBook.objects.get(page=page).sequence == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "subject", "said"),
    [
        ({"venue": "Aula"}, "Zmiana miejsca: „Warsztaty”", "Było: Sala konferencyjna\nJest: Aula"),
        ({"title": "Kurs"}, "Zmiana nazwy: „Kurs”", "Było: Warsztaty\nJest: Kurs"),
        ({"mode": "online"}, "Zmiana miejsca: „Warsztaty”", "Było: Sala konferencyjna\nJest: online"),
        ({"venue": ""}, "Zmiana miejsca: „Warsztaty”", "Jest: podamy później"),
    ],
)
def test_only_what_changed_is_told(fields: dict[str, str], subject: str, said: str) -> None:
    page = change(workshop(), **fields)
    announce(page)
    [message] = letters()
    assert message.subject == subject
    assert said in message.body
    assert message.body.count("Było:") == 1


@pytest.mark.django_db
def test_day_that_was_dropped_leaves_the_calendar_and_a_new_one_comes() -> None:
    days = [day(SUNDAY + timedelta(days=number), block("9:00", "15:00")) for number in (1, 2, 3)]
    page = workshop(*days)
    change(page, days=days[:2])
    announce(page)
    change(page, days=[*days[:2], day(SUNDAY + timedelta(days=4), block("9:00", "15:00"))])
    announce(page)
    dropped, added = letters()
    assert f"odwołany dzień\nśroda, {words(SUNDAY + timedelta(days=3))}9:00–15:00" in dropped.body.lower()
    assert f"dodany dzień\nczwartek, {words(SUNDAY + timedelta(days=4))}9:00–15:00" in added.body.lower()
    assert entry(dropped)["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=2;INTERVAL=1"
    assert [entry(message)["SEQUENCE"] for message in (dropped, added)] == [1, 2]
    assert entry(dropped)["UID"] == entry(added)["UID"]


@pytest.mark.django_db
def test_training_without_a_date_leaves_calendars_until_it_has_one_again() -> None:
    page = workshop()
    change(page, days=[])
    announce(page)
    change(page, days=[day(SUNDAY, block("10:00", "12:00"))])
    announce(page)
    gone, back = letters()
    assert (method(gone), method(back)) == ("CANCEL", "REQUEST")
    assert entry(gone)["DTSTART"].to_ical() == on(SATURDAY)
    assert (entry(gone)["SEQUENCE"], entry(back)["SEQUENCE"]) == (1, 2)
    assert "Termin podamy później." in gone.body


@pytest.mark.django_db
def test_everybody_concerned_is_told_of_a_move_and_only_calendars_with_an_entry_get_one() -> None:
    page = workshop()
    for standing in Standing:
        registered(page, f"{standing}@example.org", standing=standing)
    move(page, SUNDAY)
    announce(page)
    told = {message.recipient: method(message) for message in letters()}
    assert told == {
        "pierwsza@example.org": "REQUEST",
        "admitted@example.org": "REQUEST",
        "offered@example.org": "",
        "reserved@example.org": "",
        "pending@example.org": "",
    }
    [reserved] = [message for message in letters() if message.recipient == "reserved@example.org"]
    assert "Stan Twojego zgłoszenia się nie zmienił: lista rezerwowa." in reserved.body


@pytest.mark.django_db
def test_calling_off_is_told_to_all_on_their_way() -> None:
    page = workshop()
    for standing in Standing:
        registered(page, f"{standing}@example.org", standing=standing)
    change(page, called_off=True, called_off_reason="Choroba prowadzącej.")
    announce(page)
    told = letters("training-called-off:")
    assert {message.recipient for message in told} == {
        "pierwsza@example.org",
        *(f"{standing}@example.org" for standing in OPEN),
    }
    [first] = [message for message in told if message.recipient == "pierwsza@example.org"]
    assert first.subject == "Odwołane: „Warsztaty”"
    assert "Choroba prowadzącej." in first.body
    assert method(first) == "CANCEL"
    found = entry(first)
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == (str(page.translation_key), 1, "CANCELLED")


@pytest.mark.django_db
def test_what_changes_while_called_off_is_told_when_it_comes_back() -> None:
    page = workshop()
    change(page, called_off=True, called_off_reason="Choroba.")
    announce(page)
    move(page, SUNDAY)
    assert announce(page) == 0
    change(page, called_off=False)
    announce(page)
    _off, back = letters()
    assert back.subject == "Jednak się odbędzie: „Warsztaty”"
    assert f"jest: niedziela, {words(SUNDAY)}" in back.body.lower()
    assert (method(back), entry(back)["SEQUENCE"], entry(back)["STATUS"]) == ("REQUEST", 2, "CONFIRMED")


@pytest.mark.django_db
def test_correcting_a_training_that_is_over_writes_to_nobody() -> None:
    page = workshop()
    change(page, title="Warsztaty kooperacji")
    assert announce(page, timezone.now() + timedelta(days=500)) == 0
    assert TrainingBook.objects.get(page=page).announced["title"] == "Warsztaty kooperacji"


@pytest.mark.django_db
def test_whoever_registers_after_the_change_is_told_nothing_old() -> None:
    page = workshop()
    move(page, SUNDAY)
    late = registered(page, "pozna@example.org")
    Registration.objects.filter(pk=late.pk).update(registered_at=timezone.now() + timedelta(hours=1))
    announce(page)
    assert [message.recipient for message in letters()] == ["pierwsza@example.org"]


@pytest.mark.django_db
def test_worker_that_read_the_page_before_the_last_change_takes_nothing_back() -> None:
    page = workshop()
    old = training_of(TrainingPage.objects.get(pk=page.pk))
    move(page, SUNDAY)
    announce(page)
    assert announcing.announce(old, timezone.now()) == 0
    assert TrainingBook.objects.get(page=page).sequence == 1


@pytest.mark.django_db
def test_crash_in_the_middle_loses_and_repeats_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "CHUNK", 3)
    page = workshop()
    people = [registered(page) for _number in range(10)]
    move(page, SUNDAY)
    # The database is gone while the seventh is told; the page changes before the worker is back.
    with monkeypatch.context() as broken:
        write = announcing.outbox.queue

        def die(**parts: Any) -> bool:
            if parts["recipient"] == people[5].email:
                raise ConnectionError
            return write(**parts)

        broken.setattr(announcing.outbox, "queue", die)
        with pytest.raises(ConnectionError):
            announce(page)
    assert len(letters()) == 6
    change(page, venue="Aula")
    announce(page)
    told = [message.key.split(":")[2:] for message in letters("training-moved:")]
    everybody = sorted(str(pk) for pk in Registration.objects.values_list("pk", flat=True))
    assert sorted(person for sequence, person in told if sequence == "1") == everybody
    assert sorted(person for sequence, person in told if sequence == "2") == everybody
    first = [message for message in letters() if ":1:" in message.key]
    assert all("Termin" in message.body and "Aula" not in message.body for message in first)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_workers_tell_everybody_once() -> None:
    page = workshop()
    for _number in range(20):
        registered(page)
    move(page, SUNDAY)
    told = training_of(TrainingPage.objects.get(pk=page.pk))
    now = timezone.now()
    written = in_threads(4, lambda _number: announcing.announce(told, now))
    assert sum(written) == 21
    assert len(letters()) == 21
    assert TrainingBook.objects.get(page=page).sequence == 1
