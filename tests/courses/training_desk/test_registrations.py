"""Registrations on the desk: the list with its filters, decisions about many, one of them, one written by hand."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from courses.models import ConsentClause, TrainingPage
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.institutions.models import Institution
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import AcceptedClause, Registration
from elearning.records.places import Standing
from tests import make, trainings


def url(page: TrainingPage, *, more: str = "") -> str:
    return f"/redakcja/szkolenia/{page.pk}/zgloszenia/{more}"


def people(client: Client, page: TrainingPage, **query: str) -> list[str]:
    """The persons of the list in their order."""
    answer = client.get(url(page), query)
    assert answer.status_code == 200
    return re.findall(r'/zgloszenia/\d+/">([^<]+)</a>', answer.content.decode())


@pytest.fixture
def three(page: TrainingPage) -> list[Registration]:
    """Ćma, Zając and Łoś, in the order of their sign-ups."""
    return [
        trainings.registered(page, "cma@example.org", last_name="Ćma", first_name="Ewa", institution_name="OPS Łódź"),
        trainings.registered(
            page, last_name="Zając", first_name="Jan", standing=Standing.PENDING, accessibility_needs="pętla indukcyjna"
        ),
        trainings.registered(page, last_name="Łoś", first_name="Ola", standing=Standing.RESERVED),
    ]


def test_the_list_begins_in_the_order_of_sign_ups(desk: Client, page: TrainingPage, three: Any) -> None:
    assert people(desk, page) == ["Ćma Ewa", "Zając Jan", "Łoś Ola"]


def test_it_is_ordered_by_the_polish_alphabet_both_ways(desk: Client, page: TrainingPage, three: Any) -> None:
    assert people(desk, page, kolejnosc="nazwisko") == ["Ćma Ewa", "Łoś Ola", "Zając Jan"]
    assert people(desk, page, kolejnosc="nazwisko", malejaco="1") == ["Zając Jan", "Łoś Ola", "Ćma Ewa"]


def test_the_filters_find_what_was_asked_for(desk: Client, page: TrainingPage, three: list[Registration]) -> None:
    key = uuid4()
    AcceptedClause.objects.create(
        registration=three[0], key=key, title="Wizerunek", version=1, text="Zgoda", given_at=three[0].registered_at
    )
    assert people(desk, page, szukaj="CMA") == ["Ćma Ewa"]
    assert people(desk, page, szukaj="lodz") == ["Ćma Ewa"]
    assert people(desk, page, stan="pending") == ["Zając Jan"]
    assert people(desk, page, instytucja="OPS Łódź") == ["Ćma Ewa"]
    assert people(desk, page, potrzeby="on") == ["Zając Jan"]
    assert people(desk, page, zgoda=f"+{key}") == ["Ćma Ewa"]
    assert people(desk, page, zgoda=f"-{key}") == ["Zając Jan", "Łoś Ola"]
    assert "Żadne zgłoszenie nie pasuje" in desk.get(url(page), {"szukaj": "nikt"}).content.decode()


def test_without_registrations_it_says_so(desk: Client, page: TrainingPage) -> None:
    assert "Nikt się jeszcze nie zgłosił." in desk.get(url(page)).content.decode()


def test_five_hundred_registrations_ask_no_more_than_twenty_queries(
    desk: Client, page: TrainingPage, django_assert_max_num_queries: Any
) -> None:
    places = [make.institution(f"OPS {number}") for number in range(5)]
    for number in range(500):
        trainings.registered(page, institution=places[number % 5], last_name=f"Nowak{number}")
    desk.get(url(page))
    with django_assert_max_num_queries(20):
        answer = desk.get(url(page), {"kolejnosc": "instytucja", "strona": "2", "instytucja": ""})
    content = answer.content.decode()
    assert "500 zgłoszeń" in content
    assert len(re.findall(r'name="zgloszenie"', content)) == 100


# --- Decisions --------------------------------------------------------------------------------------------------------


def decide(client: Client, page: TrainingPage, action: str, *ones: Registration, **more: Any) -> str:
    sent = {"dzialanie": action, "zgloszenie": [one.pk for one in ones], **more}
    answer = client.post(url(page, more="decyzja/"), sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decision_is_shown_before_it_is_made(desk: Client, page: TrainingPage, three: list[Registration]) -> None:
    content = decide(desk, page, "przyjmij", *three)
    assert "Kogo to dotyczy: 1 osoba" in content
    assert "Zając" in content
    assert "Bez zmian: 2" in content
    three[1].refresh_from_db()
    assert three[1].standing == Standing.PENDING
    assert Message.objects.count() == 0


def test_who_fits_gets_a_place_and_each_is_told_with_the_note(
    desk: Client, organiser: User, page: TrainingPage
) -> None:
    page.capacity, page.approval = 1, True
    make.publish(page)
    first, second = (trainings.registered(page, standing=Standing.PENDING) for _ in range(2))
    content = decide(desk, page, "przyjmij", first, second, potwierdzam="tak", wyjasnienie="Sala nr 5")
    assert "przyjęte" in content
    assert "lista rezerwowa" in content
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.standing, second.standing) == (Standing.ADMITTED, Standing.RESERVED)
    assert first.moves.get().by == organiser
    letters = list(Message.objects.order_by("pk"))
    assert [letter.recipient for letter in letters] == [first.email, second.email]
    assert "Sala nr 5" in letters[0].body


def test_somebody_on_the_reserve_list_stays_there_while_it_is_full(desk: Client, page: TrainingPage) -> None:
    page.capacity, page.automatic_promotion = 1, False
    make.publish(page)
    trainings.registered(page)
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    content = decide(desk, page, "przenies", waiting, potwierdzam="tak")
    assert "Wszystkie miejsca są zajęte: 1 z\xa01." in content
    waiting.refresh_from_db()
    assert waiting.standing == Standing.RESERVED


@pytest.mark.parametrize(("action", "standing"), [("odrzuc", "rejected"), ("anuluj", "cancelled")])
def test_refusing_and_cancelling(
    desk: Client, page: TrainingPage, three: list[Registration], action: str, standing: str
) -> None:
    decide(desk, page, action, three[1], potwierdzam="tak")
    three[1].refresh_from_db()
    assert three[1].standing == standing


def test_all_that_a_filter_finds_can_be_decided_at_once(desk: Client, page: TrainingPage) -> None:
    for _ in range(120):
        trainings.registered(page, standing=Standing.PENDING)
    other = trainings.registered(page)
    content = decide(desk, page, "odrzuc", zakres="wszystkie", filtr="stan=pending")
    assert "Kogo to dotyczy: 120 osób" in content
    found = re.search(r'name="zgloszenia" value="([\d,]+)"', content)
    assert found
    decide(desk, page, "odrzuc", zgloszenia=found[1], potwierdzam="tak")
    assert Registration.objects.filter(standing=Standing.REJECTED).count() == 120
    other.refresh_from_db()
    assert other.standing == Standing.ADMITTED


def test_a_registration_of_another_training_is_not_decided_here(desk: Client, page: TrainingPage) -> None:
    foreign = trainings.registered(trainings.training("Inne"), standing=Standing.PENDING)
    decide(desk, page, "odrzuc", foreign, potwierdzam="tak")
    foreign.refresh_from_db()
    assert foreign.standing == Standing.PENDING


def test_a_note_too_long_is_said_at_its_field_and_kept(
    desk: Client, page: TrainingPage, three: list[Registration]
) -> None:
    sent = {"dzialanie": "odrzuc", "zgloszenia": three[1].pk, "potwierdzam": "tak", "wyjasnienie": "x" * 1001}
    answer = desk.post(url(page, more="decyzja/"), sent)
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    three[1].refresh_from_db()
    assert three[1].standing == Standing.PENDING


@pytest.mark.parametrize("sent", [{}, {"dzialanie": "przyjmij"}, {"dzialanie": "zniszcz", "zgloszenie": "1"}])
def test_a_decision_about_nobody_or_of_no_kind_leads_back(
    desk: Client, page: TrainingPage, sent: dict[str, str]
) -> None:
    assert desk.post(url(page, more="decyzja/"), sent).status_code == 302


# --- One registration -------------------------------------------------------------------------------------------------


def test_one_registration_shows_all_about_it(desk: Client, page: TrainingPage, three: list[Registration]) -> None:
    one = three[1]
    one.answers = [{"id": str(uuid4()), "question": "Dieta", "answer": ["bez glutenu", "wegańska"]}]
    one.save()
    AcceptedClause.objects.create(
        registration=one, key=uuid4(), title="RODO", version=3, text="Treść zgody.", given_at=one.registered_at
    )
    decide(desk, page, "odrzuc", one, potwierdzam="tak", wyjasnienie="Brak miejsc dla tej gminy")
    content = desk.get(url(page, more=f"{one.pk}/")).content.decode()
    for words in ("Dieta", "bez glutenu, wegańska", "RODO, wersja 3", "Treść zgody.", "pętla indukcyjna", "odrzucone"):
        assert words in content
    assert "„Brak miejsc dla tej gminy”" in content
    assert Message.objects.get(recipient=one.email).subject in content
    # Whoever has the link acts as the person; organisers have their own way.
    assert str(one.token) not in content


# --- By hand ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def clause(page: TrainingPage) -> ConsentClause:
    made = ConsentClause.objects.create(name="Zasady", text="Znam zasady.")
    page.clauses.add(made)
    make.publish(page)
    return made


def typed(clause: ConsentClause, office: Institution, **more: str) -> dict[str, str]:
    field = f"zgoda-{clause.key.hex}-{clause.version}"
    person = {"first_name": "Żaneta", "last_name": "Gęś", "email": "Zaneta@Example.org", "institution": str(office.pk)}
    return {**person, field: "on", **more}


def test_a_person_is_added_by_hand_with_a_place_and_one_letter(
    desk: Client, organiser: User, page: TrainingPage, clause: ConsentClause
) -> None:
    answer = desk.post(url(page, more="nowe/"), typed(clause, make.institution()))
    one = Registration.objects.get()
    assert answer["Location"] == url(page, more=f"{one.pk}/")
    assert (one.standing, one.number, one.email) == (Standing.ADMITTED, 1, "zaneta@example.org")
    assert one.moves.get().by == organiser
    assert one.clauses.get().text == "Znam zasady."
    assert [letter.recipient for letter in Message.objects.all()] == ["zaneta@example.org"]


def test_without_the_tick_of_a_clause_nobody_is_added(desk: Client, page: TrainingPage, clause: ConsentClause) -> None:
    sent = typed(clause, make.institution(), **{f"zgoda-{clause.key.hex}-{clause.version}": ""})
    answer = desk.post(url(page, more="nowe/"), sent)
    assert answer.status_code == 422
    assert "Zaznacz to pole." in answer.content.decode()
    assert "Żaneta" in answer.content.decode()
    assert Registration.objects.count() == 0


def test_the_same_address_is_not_added_twice(desk: Client, page: TrainingPage, clause: ConsentClause) -> None:
    desk.post(url(page, more="nowe/"), typed(clause, make.institution()))
    answer = desk.post(url(page, more="nowe/"), typed(clause, make.institution(), email="ZANETA@example.org"))
    assert answer.status_code == 422
    assert "Z\xa0tym adresem jest już zgłoszenie." in answer.content.decode()
    assert Registration.objects.count() == 1


def test_by_hand_it_goes_on_after_the_window_and_without_an_invitation(desk: Client, organiser: User) -> None:
    closed = trainings.training("Zamknięte", by_invitation=True, needs_account=True)
    applicant = registering.Applicant(first_name="Ola", last_name="Lis", email="ola@example.org")
    with pytest.raises(registering.Refused):
        registering.register(training_of(closed), applicant)
    by_hand = registering.Applicant(first_name="Ola", last_name="Lis", email="ola@example.org", written_by=organiser)
    assert registering.register(training_of(closed), by_hand).registration.standing == Standing.ADMITTED


def test_nobody_is_added_to_what_is_over_or_without_a_clause(
    organiser: User, page: TrainingPage, clause: ConsentClause
) -> None:
    applicant = registering.Applicant(first_name="Ola", last_name="Lis", email="ola@example.org", written_by=organiser)
    with pytest.raises(registering.Refused) as refused:
        registering.register(training_of(TrainingPage.objects.get(pk=page.pk)), applicant)
    assert refused.value.reason is registering.Refusal.MISSING_CLAUSE
    page.called_off, page.called_off_reason = True, "Choroba"
    page.save()
    with pytest.raises(registering.Refused) as refused:
        registering.register(training_of(page), applicant)
    assert refused.value.reason is registering.Refusal.CALLED_OFF
