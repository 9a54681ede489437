"""The form of registration: who is asked what, what is refused at which field, and what one learns about others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses.models import TrainingPage
from courses.trainings.registration_form import answers_in_words
from courses.views.trainings.registering import TRIES
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records.models import AcceptedClause, Registration
from elearning.records.places import Standing
from tests import make, trainings
from tests.registrations import (
    OLA,
    OTHER_INSTITUTION,
    clause,
    criterion,
    field_of,
    question,
    ticks,
    with_clauses,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training("Szkolenie", capacity=2)


def address(page: TrainingPage, name: str = "register", *more: Any) -> str:
    return reverse(f"trainings:{name}", args=[page.slug, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("&nbsp;", " ").replace("\xa0", " ")


def send(client: Client, page: TrainingPage, **fields: Any) -> Any:
    return client.post(address(page), {**OLA, **fields})


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: [str(error) for error in found] for name, found in answer.context["form"].errors.items()}


# --- A stranger -------------------------------------------------------------------------------------------------------
def test_stranger_registers_and_is_asked_to_confirm_the_address(client: Client, page: TrainingPage) -> None:
    form = text(client.get(address(page)))
    assert "Zapisz się: Szkolenie" in form
    assert "Sala konferencyjna" in form
    answer = send(client, page, function="kurator", accessibility_needs="Pętla indukcyjna.\nMiejsce z przodu.")
    assert (answer.status_code, answer["Location"]) == (302, address(page, "sent"))
    made = Registration.objects.get()
    assert (made.first_name, made.last_name, made.email, made.user) == ("Ola", "Kowalska", "ola@example.org", None)
    assert (made.institution, made.institution_name, made.function) == (None, "Fundacja Razem", "kurator")
    assert made.accessibility_needs.splitlines() == ["Pętla indukcyjna.", "Miejsce z przodu."]
    assert made.standing == Standing.UNCONFIRMED
    assert str(made.token) in Message.objects.get(recipient="ola@example.org").body
    said = text(client.get(answer["Location"]))
    assert "Sprawdź pocztę" in said
    assert "ola@example.org" not in said


def test_institution_of_the_register_wins_over_a_typed_one(client: Client, page: TrainingPage) -> None:
    known = make.institution("PCPR A")
    send(client, page, institution=str(known.pk), institution_name="Coś innego")
    made = Registration.objects.get()
    assert (made.institution, made.institution_name) == (known, "")


@pytest.mark.parametrize("known", ["unknown", "unconfirmed", "admitted", "cancelled", "account"])
def test_answer_does_not_say_whether_an_address_is_known(
    client: Client, page: TrainingPage, learner: User, known: str
) -> None:
    if known in {"unconfirmed", "admitted", "cancelled"}:
        trainings.registered(page, OLA["email"], standing=Standing(known))
        Registration.objects.update(registered_at=timezone.now() - timedelta(hours=1))
    email = learner.email if known == "account" else OLA["email"]
    answer = send(client, page, email=email)
    assert (answer.status_code, answer["Location"]) == (302, address(page, "sent"))
    assert not client.cookies.get("messages")
    assert "sessionid" not in client.cookies
    [letter] = Message.objects.filter(recipient=email)
    assert str(Registration.objects.open().get().token) in letter.body


def test_who_is_registered_already_is_told_by_mail_once_a_day(client: Client, page: TrainingPage) -> None:
    trainings.registered(page, OLA["email"])
    for spelling in ("ola@example.org", "Ola@Example.org", " OLA@EXAMPLE.ORG "):
        assert send(client, page, email=spelling).status_code == 302
    assert Registration.objects.count() == 1
    letter = Message.objects.get()
    assert "Masz już zgłoszenie" in letter.subject
    assert letter.recipient == OLA["email"]


def test_sent_twice_makes_one_registration_and_one_letter(client: Client, page: TrainingPage) -> None:
    for _ in range(3):
        assert send(client, page).status_code == 302
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_address_of_another_alphabet_is_one_in_all_its_spellings(client: Client, page: TrainingPage) -> None:
    send(client, page, email="Ola@ŻÓŁW.example")
    send(client, page, email="ola@żółw.example")
    assert Registration.objects.get().email == "ola@żółw.example"


# --- What is refused, at its field ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("first_name", "   ", "Wpisz imię."),
        ("first_name", "O" * 81, "80"),
        ("first_name", "O\x07la", "znaki, których nie widać"),
        ("last_name", "Kowalska\nBcc: x@example.org", "znaki, których nie widać"),
        ("last_name", "\u202ealaks", "znaki, których nie widać"),
        ("email", "", "Wpisz adres e-mail."),
        ("email", "ola", "Wpisz pełny adres e-mail"),
        ("email", "ola@example.org\nBcc: x@example.org", "Wpisz pełny adres e-mail"),
        ("email", "ola@example.org\u202e", "znaki, których nie widać"),
        ("email", f"{'o' * 250}@example.org", "254"),
        ("institution", "", "Wybierz instytucję"),
        ("institution", "999999", ""),
        ("institution", "1 OR 1=1", ""),
        ("institution_name", "", "Wpisz nazwę swojej instytucji."),
        ("function", "x" * 121, "120"),
        ("accessibility_needs", "x" * 1001, "1000"),
        ("accessibility_needs", "a\x00b", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    client: Client, page: TrainingPage, field: str, typed: str, said: str
) -> None:
    answer = send(client, page, **{"function": "kierowniczka działu", field: typed})
    assert answer.status_code == 422
    found = errors(answer)
    assert list(found) == [field]
    assert said in found[field][0]
    shown = text(answer)
    assert f'href="#id_{field}_field"' in shown
    assert "Błąd: Zapisz się" in shown
    if field != "function":
        assert 'value="kierowniczka działu"' in shown
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_script_in_a_name_is_only_text(client: Client, page: TrainingPage) -> None:
    evil = '<script>alert("x")</script>'
    send(client, page, first_name=evil)
    made = Registration.objects.get()
    assert made.first_name == evil
    own = client.get(address(page, "registration", made.token)).content.decode()
    assert evil not in own
    assert "&lt;script&gt;" in own
    again = send(client, page, first_name=evil, email="nie-adres").content.decode()
    assert evil not in again
    assert "&lt;script&gt;" in again


def test_one_network_registers_only_so_many_strangers_in_an_hour(client: Client, page: TrainingPage) -> None:
    for number in range(TRIES):
        assert send(client, page, email="literówka").status_code == 422, number
    for number in range(TRIES):
        assert send(client, page, email=f"osoba{number}@example.org").status_code == 302
    refused = send(client, page, email="jeszcze@example.org")
    assert refused.status_code == 429
    assert 'value="jeszcze@example.org"' in text(refused)
    assert "Odczekaj godzinę" in text(refused)
    assert Registration.objects.count() == TRIES


# --- Somebody with an account -----------------------------------------------------------------------------------------
def test_account_fills_in_and_its_name_and_address_stay(as_learner: Client, learner: User, page: TrainingPage) -> None:
    learner.function = "kuratorka"
    learner.save(update_fields=["function"])
    shown = text(as_learner.get(address(page)))
    assert "Żółć-Śćibor" in shown
    assert 'value="kuratorka"' in shown
    assert 'name="email"' not in shown
    other = make.institution("PCPR B")
    sent = {"first_name": "Ktoś", "email": "inny@example.org", "institution": str(other.pk), "function": ""}
    answer = as_learner.post(address(page), sent)
    made = Registration.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(page, "registration", made.token))
    assert (made.user, made.first_name, made.email, made.institution) == (learner, "Anna", learner.email, other)
    assert made.standing == Standing.ADMITTED
    assert "Masz miejsce" in text(as_learner.get(answer["Location"]))


def test_account_that_is_registered_is_told_at_once(as_learner: Client, learner: User, page: TrainingPage) -> None:
    as_learner.post(address(page), OTHER_INSTITUTION)
    made = Registration.objects.get()
    own = address(page, "registration", made.token)
    again = as_learner.post(address(page), OTHER_INSTITUTION)
    assert (again.status_code, again["Location"]) == (302, own)
    assert "Masz już zgłoszenie" in text(as_learner.get(own))
    shown = text(as_learner.get(address(page)))
    assert "Masz już zgłoszenie" in shown
    assert own in shown
    assert "<form" not in shown.split("<main")[1].split("</main")[0]
    assert Registration.objects.count() == 1


def test_account_finds_what_its_address_registered_without_it(
    as_learner: Client, learner: User, page: TrainingPage
) -> None:
    made = trainings.registered(page, "ANNA@example.org")
    assert address(page, "registration", made.token) in text(as_learner.get(address(page)))


def test_who_cancelled_may_register_anew(as_learner: Client, learner: User, page: TrainingPage) -> None:
    trainings.registered(page, user=learner, standing=Standing.CANCELLED)
    assert as_learner.post(address(page), OTHER_INSTITUTION).status_code == 302
    assert Registration.objects.open().get().user == learner


# --- Questions, criteria, clauses -------------------------------------------------------------------------------------
def test_questions_of_all_kinds_are_answered_as_they_were_asked(client: Client, db: None) -> None:
    asked = [
        question("Skąd o nas wiesz?"),
        question("Opisz doświadczenie", "long_text", required=True, hint="W kilku zdaniach."),
        question("Dojazd", "choice", choices="autem\npociągiem", required=True),
        question("Tematy", "choices", choices="prawo\nrodzina, dom\npraca"),
        question("Czy masz zaproszenie?", "yes_no", required=True),
        question("Nocleg", "yes_no"),
        question("Powiat", "choice", choices="\n".join(f"powiat {number}" for number in range(12))),
    ]
    page = trainings.training(questions=asked)
    shown = text(client.get(address(page)))
    assert "W kilku zdaniach." in shown
    assert "Bez odpowiedzi" in shown
    refused = send(client, page)
    assert {name: said[0] for name, said in errors(refused).items()} == {
        field_of(asked[1]): "Wpisz odpowiedź.",
        field_of(asked[2]): "Wybierz jedną odpowiedź.",
        field_of(asked[4]): "Wybierz „Tak” albo „Nie”.",
    }
    typed: dict[str, Any] = {
        field_of(asked[1]): "Pięć lat\nw terenie",
        field_of(asked[2]): "pociągiem",
        field_of(asked[3]): ["prawo", "rodzina, dom"],
        field_of(asked[4]): "nie",
        field_of(asked[5]): "",
        field_of(asked[6]): "powiat 7",
    }
    assert send(client, page, **typed).status_code == 302
    kept = Registration.objects.get().answers
    assert [(row["question"], row["answer"]) for row in kept] == [
        ("Opisz doświadczenie", "Pięć lat\r\nw terenie" if "\r" in kept[0]["answer"] else "Pięć lat\nw terenie"),
        ("Dojazd", "pociągiem"),
        ("Tematy", ["prawo", "rodzina, dom"]),
        ("Czy masz zaproszenie?", False),
        ("Powiat", "powiat 7"),
    ]
    assert [row["id"] for row in kept] == [asked[number]["id"] for number in (1, 2, 3, 4, 6)]
    assert dict(answers_in_words(kept))["Tematy"] == "prawo, rodzina, dom"
    assert dict(answers_in_words(kept))["Czy masz zaproszenie?"] == "nie"


def test_possibility_that_is_gone_is_asked_anew(client: Client, db: None) -> None:
    asked = question("Dojazd", "choice", choices="autem\npociągiem")
    page = trainings.training(questions=[asked])
    answer = send(client, page, **{field_of(asked): "balonem"})
    assert "Tej możliwości już nie ma." in errors(answer)[field_of(asked)][0].replace("\xa0", " ")


def test_criteria_are_ticked_one_by_one_and_give_points(as_learner: Client, db: None) -> None:
    first, second = criterion("Pracuję w gminie wiejskiej", 3), criterion("Jestem animatorem", 2)
    page = trainings.training(by_criteria=True, criteria=[first, second])
    shown = text(as_learner.get(address(page)))
    assert "3 punkty" in shown
    assert "checked" not in shown
    as_learner.post(address(page), {**OTHER_INSTITUTION, field_of(first): "on"})
    made = Registration.objects.get()
    assert made.points == 3
    assert [(row["text"], row["points"]) for row in made.criteria] == [("Pracuję w gminie wiejskiej", 3)]


def test_required_clause_is_needed_and_each_accepted_text_is_kept(client: Client, page: TrainingPage) -> None:
    needed, free = clause(), clause("Wizerunek", "Zgoda na zdjęcia.", required=False)
    page = with_clauses(page, needed, free)
    shown = text(client.get(address(page)))
    assert "Administratorem danych jest ROPS." in shown
    assert "(wersja 1)" in shown
    assert "Wizerunek (opcjonalnie)" in shown
    assert "checked" not in shown
    refused = send(client, page)
    assert refused.status_code == 422
    assert [said[0] for said in errors(refused).values()] == ["Zaznacz to pole. Bez tego nie przyjmiemy zgłoszenia."]
    only = {name: "on" for name in ticks(page) if needed.key.hex in name}
    assert send(client, page, **only).status_code == 302
    kept = AcceptedClause.objects.get()
    assert (kept.key, kept.version, kept.text) == (needed.key, 1, "Administratorem danych jest ROPS.")


def test_tick_of_an_older_version_is_no_tick_of_the_new_one(client: Client, page: TrainingPage) -> None:
    needed = clause()
    page = with_clauses(page, needed)
    old = ticks(page)
    type(needed).objects.filter(pk=needed.pk).update(version=2, text="Nowa treść.")
    answer = send(client, page, **old)
    assert answer.status_code == 422
    assert "Nowa treść." in text(answer)
    assert send(client, page, **ticks(page)).status_code == 302
    assert AcceptedClause.objects.get().version == 2


# --- Cost -------------------------------------------------------------------------------------------------------------
def test_query_budget(
    as_learner: Client, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = trainings.training(
        capacity=2,
        questions=[question(f"Pytanie {number}") for number in range(5)],
        by_criteria=True,
        criteria=[criterion("Gmina wiejska"), criterion("Animator")],
    )
    page = with_clauses(page, clause(), clause("Wizerunek", required=False))
    for number in range(4):
        make.institution(f"GOPS {number}")
        trainings.registered(page, standing=Standing.RESERVED if number > 1 else Standing.ADMITTED)
    for browser in (client, as_learner):
        browser.get(address(page))
        with django_assert_max_num_queries(12):
            assert "Brak miejsc" in text(browser.get(address(page)))
