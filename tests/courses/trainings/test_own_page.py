"""The page of one registration: what it tells, who has the key, and that reading it changes nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import attendance
from elearning.records import registration as registering
from elearning.records.models import AcceptedClause, Certificate, Registration, RegistrationMove
from elearning.records.places import Standing
from elearning.records.presence import Presence, Source
from tests import make, trainings

pytestmark = pytest.mark.django_db

JOIN_URL = "https://spotkania.example.org/pokoj-7"


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Szkolenie", capacity=1)


def address(registration: Registration, name: str = "registration") -> str:
    page = TrainingPage.objects.get(pk=registration.training_id)
    return reverse(f"trainings:{name}", args=[page.slug, registration.token])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def read(client: Client, registration: Registration) -> str:
    return text(client.get(address(registration)))


def press(client: Client, registration: Registration, action: str) -> str:
    answer = client.post(address(registration), {"co": action})
    assert (answer.status_code, answer["Location"]) == (302, address(registration))
    return read(client, registration)


def standing(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.standing


def today(start: str, end: str) -> Any:
    return trainings.day(timezone.localdate(), trainings.block(start, end))


# --- States -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Standing.UNCONFIRMED, "Potwierdź swój adres e-mail"),
        (Standing.PENDING, "Czekasz na decyzję organizatora"),
        (Standing.ADMITTED, "Masz miejsce"),
        (Standing.RESERVED, "Jesteś na liście rezerwowej, miejsce 1"),
        (Standing.OFFERED, "Zwolniło się miejsce dla Ciebie"),
        (Standing.CANCELLED, "Zgłoszenie jest anulowane"),
        (Standing.REJECTED, "Organizator nie przyjął zgłoszenia"),
        (Standing.LAPSED, "Miejsce nie zostało potwierdzone"),
    ],
)
def test_every_state_says_what_happens_next_and_reading_changes_nothing(
    client: Client, page: TrainingPage, state: Standing, said: str
) -> None:
    until = timezone.now() + timedelta(days=1) if state is Standing.OFFERED else None
    made = trainings.registered(page, standing=state, offered_until=until)
    for query in ("", "?co=anuluj", "?anuluj=tak", "?co=przyjmij"):
        answer = client.get(address(made) + query)
        assert answer.status_code == 200
    shown = read(client, made)
    assert said in shown
    assert ("Anuluj zgłoszenie" in shown) == made.is_open
    assert ("Zapisz się jeszcze raz" in shown) == (not made.is_open)
    assert standing(made) == state
    assert not RegistrationMove.objects.exists()
    assert not Message.objects.exists()


def test_place_on_the_reserve_list_is_counted(client: Client, page: TrainingPage) -> None:
    trainings.registered(page)
    waiting = [trainings.registered(page, standing=Standing.RESERVED) for _ in range(3)]
    assert "miejsce 3" in read(client, waiting[2])


def test_training_that_was_called_off_and_one_that_is_over(client: Client, db: None) -> None:
    off = trainings.registered(trainings.training(called_off=True, called_off_reason="Choroba prowadzącej."))
    assert "Choroba prowadzącej." in read(client, off)
    over = trainings.registered(trainings.training(on=timezone.localdate() - timedelta(days=9)))
    shown = read(client, over)
    assert "To wydarzenie już się odbyło" in shown
    assert "Anuluj zgłoszenie" not in shown
    assert "Anuluj zgłoszenie" not in text(client.get(address(over) + "?anuluj=tak"))
    press(client, over, "anuluj")
    assert standing(over) == Standing.ADMITTED


# --- Buttons ----------------------------------------------------------------------------------------------------------
def test_address_is_confirmed_by_the_button_once(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(page, standing=Standing.UNCONFIRMED)
    for _ in range(2):
        assert "Masz miejsce" in press(client, made, "potwierdz")
    assert standing(made) == Standing.ADMITTED
    assert Message.objects.count() == 1
    assert "Potwierdzono adres e-mail. Stan: przyjęte." in read(client, made)


def test_offered_place_is_accepted_in_time_and_lost_after_it(client: Client, page: TrainingPage) -> None:
    until = timezone.now() + timedelta(hours=2)
    made = trainings.registered(page, standing=Standing.OFFERED, offered_until=until)
    assert "Masz miejsce" in press(client, made, "przyjmij")
    late = trainings.registered(page, standing=Standing.OFFERED, offered_until=timezone.now() - timedelta(minutes=1))
    assert "Termin potwierdzenia minął" in press(client, late, "przyjmij")
    assert standing(late) != Standing.ADMITTED


def test_cancelling_asks_first_and_gives_the_place_to_the_next(client: Client, page: TrainingPage) -> None:
    made, next_one = trainings.registered(page), trainings.registered(page, standing=Standing.RESERVED)
    asked = text(client.get(address(made) + "?anuluj=tak"))
    assert "Czy anulować zgłoszenie?" in asked
    assert standing(made) == Standing.ADMITTED
    for _ in range(2):
        assert "Zgłoszenie jest anulowane" in press(client, made, "anuluj")
    assert standing(made) == Standing.CANCELLED
    assert standing(next_one) == Standing.ADMITTED
    assert Message.objects.filter(recipient=next_one.email).count() == 1
    assert Message.objects.filter(recipient=made.email).count() == 1


def test_button_that_does_not_exist_does_nothing(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(page)
    for action in ("", "usun", "promoted"):
        assert "Masz miejsce" in press(client, made, action)
    assert not RegistrationMove.objects.exists()


def test_buttons_ask_for_a_token_against_forged_forms(page: TrainingPage) -> None:
    made = trainings.registered(page)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(made), {"co": "anuluj"}).status_code == 403
    assert standing(made) == Standing.ADMITTED


# --- The key ----------------------------------------------------------------------------------------------------------
def test_whoever_has_the_key_reads_all_but_the_whole_address(
    client: Client, page: TrainingPage, learner: User, colleague: User, administrator: User
) -> None:
    made = trainings.registered(page, user=learner, accessibility_needs="Pętla indukcyjna")
    key = {"learner": learner, "colleague": colleague, "administrator": administrator}
    browsers = [client, *[Client() for _ in key]]
    for browser, person in zip(browsers[1:], key.values(), strict=True):
        browser.force_login(person)
    for browser in browsers:
        answer = browser.get(address(made))
        main = text(answer).split("<main")[1]
        assert "Anna Żółć-Śćibor" in main
        assert "a…@example.org" in main
        assert learner.email not in main
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex"


def test_wrong_key_is_as_unknown_as_none(client: Client, page: TrainingPage) -> None:
    trainings.registered(page)
    for name in ("registration", "join"):
        answer = client.get(reverse(f"trainings:{name}", args=[page.slug, uuid4()]))
        assert answer.status_code == 404
        assert page.title not in text(answer).split("<main")[1]
    assert client.get(f"/szkolenia/{page.slug}/-/zgloszenie/1/").status_code == 404


def test_without_the_key_one_finds_only_ones_own(
    client: Client, page: TrainingPage, learner: User, colleague: User, administrator: User
) -> None:
    made = trainings.registered(page, user=learner)
    editor = trainings.editor_of(trainings.training("Inne"))
    for person, finds in ((learner, True), (colleague, False), (administrator, False), (editor, False)):
        client.force_login(person)
        assert (str(made.token) in client.get("/panel/").content.decode()) == finds, person
        shown = client.get(reverse("trainings:register", args=[page.slug])).content.decode()
        assert (str(made.token) in shown) == finds, person


def test_links_follow_a_training_that_moved_and_outlive_its_page(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(page)
    old = address(made)
    page.slug = "nowy-adres"
    make.publish(page)
    assert client.get(old)["Location"] == address(made)
    TrainingPage.objects.get(pk=page.pk).unpublish()
    assert "Masz miejsce" in read(client, made)


# --- The meeting ------------------------------------------------------------------------------------------------------
def meeting(**fields: Any) -> TrainingPage:
    """An online training that is on for the whole of today."""
    return trainings.training(
        days=[today("0:00", "23:59")], **{"mode": "online", "venue": "", "join_url": JOIN_URL, **fields}
    )


def test_admitted_join_from_the_page_and_see_no_address_of_the_meeting(client: Client, db: None) -> None:
    made = trainings.registered(meeting())
    shown = read(client, made)
    assert "Dołącz do spotkania" in shown
    assert address(made, "join") in shown
    assert JOIN_URL not in shown
    answer = client.get(address(made, "join"))
    assert (answer.status_code, answer["Location"]) == (302, JOIN_URL)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("state", [state for state in Standing if state is not Standing.ADMITTED])
def test_nobody_else_gets_the_link(client: Client, state: Standing) -> None:
    made = trainings.registered(
        meeting(), standing=state, offered_until=timezone.now() if state is Standing.OFFERED else None
    )
    answer = client.get(address(made, "join"))
    assert answer.status_code == 403
    assert "Link do spotkania jest dla osób przyjętych" in text(answer)
    assert JOIN_URL not in text(answer)
    assert JOIN_URL not in read(client, made)


def test_link_opens_half_an_hour_before_each_day(client: Client, db: None) -> None:
    page = trainings.training(mode="online", join_url=JOIN_URL)
    made = trainings.registered(page)
    answer = client.get(address(made, "join"))
    assert answer.status_code == 403
    assert "Otworzy się 30 minut przed początkiem każdego dnia" in text(answer)
    shown = read(client, made)
    assert "pojawi się tutaj 30 minut przed" in shown
    training = training_of(page)
    first = training.schedule.days[0]
    assert [training.may_join(first.starts_at - timedelta(minutes=minutes)) for minutes in (31, 30)] == [False, True]


def test_meeting_without_a_link_says_so(client: Client, db: None) -> None:
    made = trainings.registered(meeting(join_url=""))
    answer = client.get(address(made, "join"))
    assert answer.status_code == 403
    assert "Nie ma jeszcze linku" in text(answer)
    off = trainings.registered(meeting(called_off=True, called_off_reason="Choroba."))
    assert client.get(address(off, "join")).status_code == 403


# --- What is on it ----------------------------------------------------------------------------------------------------
def test_it_repeats_what_was_sent_and_accepted(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(
        page,
        function="kurator",
        institution_name="Fundacja Razem",
        answers=[
            {"id": str(uuid4()), "question": "Dojazd", "answer": "pociągiem"},
            {"id": str(uuid4()), "question": "Tematy", "answer": ["prawo", "dom"]},
            {"id": str(uuid4()), "question": "Nocleg", "answer": False},
        ],
        criteria=[{"id": str(uuid4()), "text": "Gmina wiejska", "points": 2}],
    )
    AcceptedClause.objects.create(
        registration=made,
        key=uuid4(),
        title="Klauzula",
        version=3,
        text="Treść z tamtego dnia.",
        given_at=timezone.now(),
    )
    shown = read(client, made)
    for word in ("kurator", "Fundacja Razem", "pociągiem", "prawo, dom", "nie", "Gmina wiejska"):
        assert f"<dd>{word}</dd>" in shown
    assert "Klauzula (wersja 3)" in shown
    assert "Treść z tamtego dnia." in shown


def test_code_of_the_door_is_for_the_admitted_on_site(client: Client, page: TrainingPage) -> None:
    code = '<p class="registration__code">{}</p>'.format  # the address on the page begins with the same signs
    made, waiting = trainings.registered(page), trainings.registered(page, standing=Standing.RESERVED)
    assert code(made.short_code) in read(client, made)
    assert code(waiting.short_code) not in read(client, waiting)
    online = trainings.registered(meeting())
    assert code(online.short_code) not in read(client, online)


def test_certificate_is_taken_with_the_key_without_an_account(client: Client, page: TrainingPage) -> None:
    made = trainings.registered(page)
    assert client.get(address(made, "certificate")).status_code == 404
    issued = Certificate.objects.create(
        number="MK/2026/000123", code="ABCD-EFGH", registration=made, facts={}, issued_at=timezone.now()
    )
    issued.file.save("zaswiadczenie.pdf", ContentFile(b"%PDF-1.7 test"))
    assert address(made, "certificate") in read(client, made)
    answer = client.get(address(made, "certificate"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer) == b"%PDF-1.7 test"
    assert "zaswiadczenie-MK-2026-000123.pdf" in answer["Content-Disposition"]
    Certificate.objects.update(revoked_at=timezone.now())
    assert client.get(address(made, "certificate")).status_code == 404
    assert "Pobierz zaświadczenie" not in read(client, made)


def test_materials_of_participants_and_the_survey_are_for_the_admitted(client: Client, db: None) -> None:
    link = {"title": "Nagranie", "audience": "participants", "url": "https://example.org/nagranie"}
    scale = {"text": "Jak oceniasz?", "low": "źle", "high": "dobrze"}
    page = trainings.training(
        on=timezone.localdate() - timedelta(days=3),
        materials=[{"type": "link", "value": link, "id": str(uuid4())}],
        survey=[{"type": "scale", "value": scale, "id": str(uuid4())}],
    )
    admitted, waiting = trainings.registered(page), trainings.registered(page, standing=Standing.RESERVED)
    shown = read(client, admitted)
    assert "https://example.org/nagranie" in shown
    assert address(admitted, "survey") in shown
    refused = read(client, waiting)
    assert "https://example.org/nagranie" not in refused
    assert address(waiting, "survey") not in refused


def test_presence_is_told_with_its_figures_once_it_is_over(
    client: Client, administrator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = trainings.training(on=timezone.localdate() - timedelta(days=9))
    there, unmarked = trainings.registered(page), trainings.registered(page)
    training = training_of(page)
    blocks = [block.id for block in training.schedule.blocks]
    voice = attendance.Voice(source=Source.TRAINER, by=administrator)
    attendance.mark(there, training, blocks[:3], Presence.PRESENT, voice)
    attendance.mark(there, training, blocks[3:], Presence.ABSENT, voice)
    with django_assert_max_num_queries(14):
        shown = read(client, there)
    assert "Obecność: 12 z 16 godzin dydaktycznych, czyli 75%. Zaświadczenie jest od 80%" in shown
    assert "Obecność" not in read(client, unmarked)


def test_organisers_note_stands_in_the_history(client: Client, page: TrainingPage, administrator: User) -> None:
    made = trainings.registered(page, standing=Standing.PENDING)
    registering.decide(
        training_of(page), [made], to=Standing.REJECTED, by=administrator, note="Zapraszamy <b>jesienią</b>."
    )
    shown = read(client, made)
    assert "Zapraszamy &lt;b&gt;jesienią&lt;/b&gt;." in shown
    assert "Organizator nie przyjął zgłoszenia. Stan: odrzucone." in shown


# --- Cost -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [2, 12])
def test_query_budget(
    as_learner: Client, learner: User, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        page = trainings.training(f"Szkolenie {number}", capacity=1)
        made = trainings.registered(page, user=learner, standing=Standing.RESERVED)
        for _ in range(rows):
            trainings.registered(page, standing=Standing.RESERVED)
            RegistrationMove.objects.create(
                registration=made, to_standing=Standing.RESERVED, reason="registered", at=timezone.now()
            )
    as_learner.get(address(made))
    with django_assert_max_num_queries(14):
        as_learner.get(address(made))
