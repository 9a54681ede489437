"""„Obecność” on the organiser’s desk: the grid, decisions about differences, the paper list, the history."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.records import attendance
from elearning.records.attendance import Voice
from elearning.records.models import AttendanceMark, Registration
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from tests import trainings
from tests.records.test_attendance_import import page, read_in, row, table

pytestmark = pytest.mark.django_db
PRESENT, ABSENT, EXCUSED = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def here(db: None) -> TrainingPage:
    """A morning with two blocks of two teaching hours and a break."""
    return page()


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def url(where: TrainingPage, query: str = "") -> str:
    return f"/redakcja/szkolenia/{where.pk}/obecnosc/{query}"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def blocks(where: TrainingPage) -> list[UUID]:
    """Those with teaching hours."""
    return [block.id for block in training_of(where).schedule.blocks if block.hours]


def say(person: Registration, by: User, source: Source, presence: Presence, *which: UUID, **more: Any) -> None:
    where = TrainingPage.objects.get(pk=person.training_id)
    attendance.mark(person, training_of(where), which or blocks(where), presence, Voice(source=source, by=by, **more))


def now(person: Registration) -> list[Presence | None]:
    """What counts in the blocks with teaching hours."""
    known = attendance.presences_of(person)
    where = TrainingPage.objects.get(pk=person.training_id)
    return [known[block].presence if block in known else None for block in blocks(where)]


def decision(person: Registration, block: UUID, **answer: str) -> dict[str, str]:
    """What the form of one difference sends."""
    newest = AttendanceMark.objects.filter(registration=person, block=block).order_by("at", "pk").last()
    prefix = f"c{person.pk}-{block.hex}"
    return {f"{prefix}-newest": str(newest.pk), **{f"{prefix}-{name}": value for name, value in answer.items()}}


def test_the_grid_shows_presence_hours_and_share_in_polish_order(
    admin: Client, here: TrainingPage, administrator: User
) -> None:
    first = blocks(here)[0]
    for name in ("Żak", "Łoś", "Lis", "Mak"):
        person = trainings.registered(here, first_name="Ewa", last_name=name)
        say(person, administrator, Source.PAPER, PRESENT, *([first] if name == "Łoś" else blocks(here)))
    trainings.registered(here, last_name="Odwołany", standing=Standing.CANCELLED)
    text = text_of(admin.get(url(here)))
    order = [text.index(f"{name} Ewa") for name in ("Lis", "Łoś", "Mak", "Żak")]
    assert order == sorted(order)
    assert text.count("4 z 4") == 3
    assert (text.count("2 z 4"), text.count("50%"), text.count("100%")) == (1, 1, 3)
    assert "brak wpisu" in text
    assert "Odwołany" not in text
    assert "Przerwa" not in text
    assert "Rozbieżności:" not in text


def test_a_difference_tells_what_each_source_says(admin: Client, here: TrainingPage, administrator: User) -> None:
    person = trainings.registered(here, "ewa@example.org", first_name="Ewa", last_name="Lis")
    other = trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Bąk")
    say(other, administrator, Source.PAPER, PRESENT)
    say(person, administrator, Source.PAPER, PRESENT, note="podpis nieczytelny")
    read_in(
        here, table(row("Ewa", person.email, "9:00", "9:20"), row("Jan", other.email, "9:00", "12:30")), administrator
    )
    text = text_of(admin.get(url(here)))
    assert "Rozbieżności: 2" in text
    assert "Lis Ewa: 6.10.2026, Diagnoza" in text
    for words in (
        "lista papierowa: obecność", "raport ze spotkania: nieobecność", "20 min", "plik „raport.csv”",
        "podpis nieczytelny", "Adam Mazur", "nic, dopóki ktoś nie zdecyduje",
    ):  # fmt: skip
        assert words in text
    assert "rozbieżność" in text
    assert "0 z 4" in text
    only = text_of(admin.get(url(here, "?tylko=on")))
    assert "Lis Ewa</a>" in only
    assert "Bąk Jan</a>" not in only


def test_a_decision_counts_and_nothing_that_was_said_is_lost(
    admin: Client, here: TrainingPage, administrator: User, colleague: User
) -> None:
    first, second = blocks(here)
    person = trainings.registered(here, "ewa@example.org")
    say(person, colleague, Source.PAPER, PRESENT)
    say(person, colleague, Source.TRAINER, ABSENT)
    data = {**decision(person, first, presence="excused", note="zwolnienie"), **decision(person, second)}
    text = text_of(admin.post(url(here), data, follow=True))
    assert "1 decyzja jest zapisana." in text
    assert now(person) == [EXCUSED, None]
    mark = AttendanceMark.objects.get(source=Source.DECISION)
    assert (mark.by, mark.note) == (administrator, "zwolnienie")
    assert AttendanceMark.objects.count() == 5
    say(person, colleague, Source.TRAINER, PRESENT, first)
    text = text_of(admin.get(url(here)))
    assert "Po decyzji ktoś powiedział co innego." in text
    assert "do sprawdzenia" in text
    assert now(person)[0] is EXCUSED
    admin.post(url(here), decision(person, first, presence="excused"))
    assert "Po decyzji" not in text_of(admin.get(url(here)))


def test_ticked_differences_are_decided_by_one_source(admin: Client, here: TrainingPage, colleague: User) -> None:
    first, second = blocks(here)
    people = [trainings.registered(here, f"o{number}@example.org") for number in range(3)]
    for person in people:
        say(person, colleague, Source.PAPER, PRESENT)
        say(person, colleague, Source.TRAINER, ABSENT)
    data = {"voice": "trainer"}
    data |= decision(people[0], first, pick="on") | decision(people[0], second, pick="on", presence="late")
    data |= decision(people[1], first, pick="on") | decision(people[2], first)
    assert "3 decyzje są zapisane." in text_of(admin.post(url(here), data, follow=True))
    assert now(people[0]) == [ABSENT, Presence.LATE]
    assert (now(people[1]), now(people[2])) == ([ABSENT, None], [None, None])
    notes = AttendanceMark.objects.filter(source=Source.DECISION, presence="absent").values_list("note", flat=True)
    assert set(notes) == {"Uznano listę osoby prowadzącej."}
    silent = {"voice": "import", **decision(people[2], first, pick="on")}
    assert "wybrane źródło nic o tym nie mówi" in text_of(admin.post(url(here), silent, follow=True))
    none = decision(people[2], first, pick="on")
    text = text_of(admin.post(url(here), none))
    assert "Wybierz źródło, które uznajesz dla zaznaczonych." in text
    assert "checked" in text
    assert now(people[2]) == [None, None]


def test_a_note_without_a_decision_is_told_at_the_field(admin: Client, here: TrainingPage, colleague: User) -> None:
    person = trainings.registered(here, "ewa@example.org")
    say(person, colleague, Source.PAPER, PRESENT)
    say(person, colleague, Source.TRAINER, ABSENT)
    text = text_of(admin.post(url(here), decision(person, blocks(here)[0], note="bo tak")))
    assert "Wybierz decyzję, której dotyczy uwaga." in text
    assert 'value="bo tak"' in text


def test_of_two_who_decide_the_second_is_told(admin: Client, here: TrainingPage, colleague: User) -> None:
    first, second = blocks(here)
    person = trainings.registered(here, "ewa@example.org")
    say(person, colleague, Source.PAPER, PRESENT)
    say(person, colleague, Source.TRAINER, ABSENT)
    stale = {**decision(person, first, presence="absent"), **decision(person, second, presence="absent")}
    admin.post(url(here), decision(person, first, presence="present"))
    say(person, colleague, Source.TRAINER, Presence.LATE, second)
    text = text_of(admin.post(url(here), stale, follow=True))
    assert "O części rozbieżności ktoś zdecydował już wcześniej." in text
    assert "od otwarcia strony ktoś coś dopisał" in text
    assert now(person) == [PRESENT, None]


def test_the_paper_list_keeps_only_what_was_changed(
    admin: Client, here: TrainingPage, administrator: User, colleague: User
) -> None:
    people = [trainings.registered(here, f"o{number}@example.org") for number in range(4)]
    say(people[0], colleague, Source.PAPER, PRESENT)
    text = text_of(admin.get(url(here, "?tryb=papier")))
    assert text.count("<fieldset") == 4
    assert text.count("checked") == 4  # one present, three without an entry
    said = {people[0]: ("present", "present"), people[1]: ("absent", ""), people[2]: ("", ""), people[3]: ("late", "")}
    data = {}
    for person, (chosen, was) in said.items():
        data |= {f"r{person.pk}-presence": chosen, f"r{person.pk}-was": was}
    assert "zapisano 2 osoby" in text_of(admin.post(url(here, "?tryb=papier"), data, follow=True))
    assert [now(person) for person in people] == [
        [PRESENT, PRESENT],
        [ABSENT, ABSENT],
        [None, None],
        [Presence.LATE, Presence.LATE],
    ]
    assert AttendanceMark.objects.filter(by=administrator, source=Source.PAPER).count() == 4
    rest = {f"r{people[2].pk}-presence": "", f"r{people[2].pk}-was": "", "rest": "present"}
    admin.post(url(here, "?tryb=papier"), rest)
    assert now(people[2]) == [PRESENT, PRESENT]
    assert "Nic się nie różni" in text_of(admin.post(url(here, "?tryb=papier"), {}, follow=True))


def test_another_reading_of_the_paper_list_is_a_difference(admin: Client, here: TrainingPage, colleague: User) -> None:
    person = trainings.registered(here, "ewa@example.org")
    say(person, colleague, Source.PAPER, PRESENT)
    admin.post(url(here, "?tryb=papier"), {f"r{person.pk}-presence": "absent", f"r{person.pk}-was": "present"})
    assert now(person) == [None, None]
    assert "Rozbieżności: 2" in text_of(admin.get(url(here)))


def test_one_day_of_several_is_shown_and_typed_in(admin: Client, administrator: User) -> None:
    here = page(days=[trainings.day(date(2026, 10, 6)), trainings.day(date(2026, 10, 7))])
    person = trainings.registered(here, "ewa@example.org")
    second = training_of(here).schedule.days[1]
    data = {f"r{person.pk}-presence": "present", f"r{person.pk}-was": ""}
    admin.post(url(here, f"?tryb=papier&dzien={second.id}"), data)
    assert set(person.marks.values_list("day", flat=True)) == {second.date}
    say(person, administrator, Source.TRAINER, ABSENT, second.blocks[0].id)
    text = text_of(admin.get(url(here, f"?dzien={second.id}")))
    assert "7.10, 09:00" in text
    assert "6.10, 09:00" not in text
    assert "8 z 16" not in text
    assert "4 z 16" in text  # of the whole programme
    assert "Rozbieżności: 1" in text
    other_day = training_of(here).schedule.days[0].id
    assert "Rozbieżności:" not in text_of(admin.get(url(here, f"?dzien={other_day}")))
    assert admin.get(url(here, "?tryb=papier&dzien=nie-ma")).status_code == 404


def test_the_history_tells_who_changed_what(
    admin: Client, here: TrainingPage, administrator: User, colleague: User
) -> None:
    person = trainings.registered(here, "ewa@example.org", first_name="Ewa", last_name="Lis")
    say(person, colleague, Source.TRAINER, ABSENT)
    say(person, colleague, Source.TRAINER, PRESENT, note="przyszła")
    AttendanceMark.objects.create(
        registration=person, block=blocks(here)[0], day=date(2026, 10, 6), topic="Diagnoza", hours=2,
        source=Source.QR, presence=PRESENT, at=timezone.now(),
    )  # fmt: skip
    text = text_of(admin.get(url(here, f"?osoba={person.pk}")))
    for words in ("Ewa Lis", "Diagnoza", "nieobecność", "przyszła", "Ewa Nowak", "osoba sama", "kod QR"):
        assert words in text
    elsewhere = trainings.registered(page(), "jan@example.org")
    assert admin.get(url(here, f"?osoba={elsewhere.pk}")).status_code == 404


def test_a_training_without_blocks_or_people_says_so(admin: Client, here: TrainingPage) -> None:
    assert "Nikt nie ma jeszcze miejsca" in text_of(admin.get(url(here)))
    assert "Nikt nie ma jeszcze miejsca" in text_of(admin.get(url(here, "?tryb=papier")))
    assert "Program nie ma jeszcze ani jednego dnia" in text_of(admin.get(url(trainings.training(days=[]))))


def test_who_looks_and_who_decides(client: Client, here: TrainingPage, administrator: User, learner: User) -> None:
    person = trainings.registered(here, "ewa@example.org")
    say(person, administrator, Source.PAPER, PRESENT)
    say(person, administrator, Source.TRAINER, ABSENT)
    data = decision(person, blocks(here)[0], presence="present")
    no, look, decide = {302, 403}, {200}, {200, 302}
    people = {
        learner: (no, no),
        trainings.member("Prowadzący"): (no, no),
        trainings.editor_of(trainings.training("Inne")): (no, no),
        trainings.member("Koordynacja"): (look, no),
        trainings.editor_of(here): (look, decide),
    }
    assert client.get(url(here)).status_code == 302
    for who, (reading, writing) in people.items():
        client.force_login(who)
        assert client.get(url(here)).status_code in reading, who
        assert client.get(url(here, f"?osoba={person.pk}")).status_code in reading, who
        assert client.get(url(here, "?tryb=papier")).status_code in (no if writing is no else look), who
        assert AttendanceMark.objects.filter(source=Source.DECISION).count() == 0
        assert client.post(url(here), data).status_code in writing, who
    assert now(person)[0] is PRESENT


def test_a_coordinator_reads_differences_without_a_form(client: Client, here: TrainingPage, colleague: User) -> None:
    person = trainings.registered(here, "ewa@example.org")
    say(person, colleague, Source.PAPER, PRESENT)
    say(person, colleague, Source.TRAINER, ABSENT)
    client.force_login(trainings.member("Koordynacja"))
    text = text_of(client.get(url(here)))
    assert "Rozbieżności: 2" in text
    assert 'method="post"' not in text.split('class="desk"')[1]
    assert "Wpisz z listy papierowej" not in text


def test_five_hundred_people_are_shown_in_parts_with_few_queries(
    admin: Client, here: TrainingPage, administrator: User, django_assert_max_num_queries: Any
) -> None:
    first = trainings.registered(here, "o0@example.org")
    Registration.objects.bulk_create(
        Registration(
            training_id=here.pk, training_title="Z", number=number + 10, standing=Standing.ADMITTED,
            email=f"o{number}@example.org", first_name="Jan", last_name=f"Nowak {number}",
            registered_at=first.registered_at, changed_at=first.changed_at,
        )
        for number in range(1, 500)
    )  # fmt: skip
    rows = [row("Jan", f"o{number}@example.org", "9:00", "12:30") for number in range(400)]
    read_in(here, table(*rows), administrator, absent=True)
    for person in Registration.objects.order_by("pk")[:60]:
        say(person, administrator, Source.PAPER, ABSENT)
    admin.get(url(here))
    with django_assert_max_num_queries(32):
        text = text_of(admin.get(url(here)))
    assert "Rozbieżności: 120" in text
    assert "Jest jeszcze 70 rozbieżności." in text
    assert "Strona 1 z 5" in text
    assert text.count("?osoba=") == 100
    with django_assert_max_num_queries(30):
        assert text_of(admin.get(url(here, "?tryb=papier&strona=2"))).count("<fieldset") == 100
