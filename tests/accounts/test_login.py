"""Logging in by password or by a mailed code, and a forgotten password."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from elearning.accounts.models import User
from elearning.notifications.models import Message
from tests.make import PASSWORD

pytestmark = pytest.mark.django_db
LOG_IN = "/konto/login/"
ASK = "/konto/login/code/"
CONFIRM = "/konto/login/code/confirm/"
RESET = "/konto/password/reset/"
CodeFor = Callable[[str], str]


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def other_than(code: str) -> str:
    return "000000" if code != "000000" else "111111"


def test_password_logs_in_and_keeps_next(client: Client, learner: User) -> None:
    response = client.post(LOG_IN, {"login": learner.email.upper(), "password": PASSWORD, "next": "/kursy/"})
    assert response.headers["Location"] == "/kursy/"
    assert is_logged_in(client)


@pytest.mark.parametrize("address", ["anna@example.org", "nikt@example.org"])
def test_wrong_password_and_unknown_address_are_answered_alike(client: Client, learner: User, address: str) -> None:
    page = client.post(LOG_IN, {"login": address, "password": "zle-haslo-123"}).content.decode()
    assert "Adres e-mail albo hasło są nieprawidłowe." in page
    assert f'value="{address}"' in page
    assert not is_logged_in(client)


def test_sixth_wrong_password_locks_even_the_right_one_out(client: Client, learner: User) -> None:
    for _ in range(5):
        client.post(LOG_IN, {"login": learner.email, "password": "zle-haslo-123"})
    page = client.post(LOG_IN, {"login": learner.email, "password": PASSWORD}).content.decode()
    assert "Zbyt wiele błędnych prób" in page
    assert not is_logged_in(client)


def test_mailed_code_logs_in_and_keeps_next(client: Client, learner: User, code_for: CodeFor) -> None:
    client.post(ASK, {"email": learner.email, "next": "/kursy/"})
    response = client.post(CONFIRM, {"code": code_for(learner.email), "next": "/kursy/"})
    assert response.headers["Location"] == "/kursy/"
    assert is_logged_in(client)


def test_next_stays_in_the_form_of_the_code(client: Client, learner: User) -> None:
    page = client.post(ASK, {"email": learner.email, "next": "/kursy/"}, follow=True).content.decode()
    assert 'name="next" value="/kursy/"' in page


def test_unknown_address_gets_the_same_pages_and_no_code(client: Client, learner: User) -> None:
    unknown = client.post(ASK, {"email": "nikt@example.org"}, follow=True)
    known = Client().post(ASK, {"email": learner.email}, follow=True)
    assert unknown.redirect_chain == known.redirect_chain
    page = unknown.content.decode().replace("nikt@example.org", learner.email)
    assert _without_token(page) == _without_token(known.content.decode())
    message = Message.objects.get(recipient="nikt@example.org")
    assert message.subject == "Nie masz jeszcze konta"
    assert message.user is None


def test_sixth_wrong_code_is_locked_out(client: Client, learner: User, code_for: CodeFor) -> None:
    client.post(ASK, {"email": learner.email})
    code = code_for(learner.email)
    for _ in range(4):
        assert "Kod jest nieprawidłowy" in client.post(CONFIRM, {"code": other_than(code)}).content.decode()
    fifth = client.post(CONFIRM, {"code": other_than(code)}, follow=True)
    assert "Zbyt wiele błędnych prób" in fifth.content.decode()
    client.post(CONFIRM, {"code": code})
    assert not is_logged_in(client)


def test_unknown_address_is_locked_out_in_the_same_way(client: Client) -> None:
    client.post(ASK, {"email": "nikt@example.org"})
    for _ in range(4):
        assert "Kod jest nieprawidłowy" in client.post(CONFIRM, {"code": "000000"}).content.decode()
    assert "Zbyt wiele błędnych prób" in client.post(CONFIRM, {"code": "000000"}, follow=True).content.decode()


def test_seventh_code_within_an_hour_is_refused(learner: User) -> None:
    for _ in range(6):
        Client().post(ASK, {"email": learner.email})
    page = Client().post(ASK, {"email": learner.email}).content.decode()
    assert "Zbyt wiele błędnych prób" in page
    assert Message.objects.count() == 6


def test_code_works_in_the_browser_that_asked_only(client: Client, learner: User, code_for: CodeFor) -> None:
    client.post(ASK, {"email": learner.email})
    other = Client()
    other.post(CONFIRM, {"code": code_for(learner.email)})
    assert not is_logged_in(other)


def test_forgotten_password_is_set_anew_with_a_code(client: Client, learner: User, code_for: CodeFor) -> None:
    client.post(RESET, {"email": learner.email})
    client.post(f"{RESET}confirm/", {"code": code_for(learner.email)})
    new = {"password1": "nowe-dobre-haslo", "password2": "nowe-dobre-haslo"}
    client.post(f"{RESET}complete/", new)
    learner.refresh_from_db()
    assert learner.check_password("nowe-dobre-haslo")
    assert Message.objects.filter(subject="Ustawiono nowe hasło").exists()


def test_switched_off_account_cannot_log_in(client: Client, learner: User) -> None:
    User.objects.update(is_active=False)
    client.post(LOG_IN, {"login": learner.email, "password": PASSWORD})
    assert not is_logged_in(client)


def test_logging_out_needs_a_post(as_learner: Client) -> None:
    assert "Czy na&nbsp;pewno" in as_learner.get("/konto/logout/").content.decode()
    assert is_logged_in(as_learner)
    assert as_learner.post("/konto/logout/").headers["Location"] == "/"
    assert not is_logged_in(as_learner)


@pytest.mark.parametrize("demo", [True, False])
def test_code_page_of_a_demonstration_leads_to_its_mailbox(
    client: Client, learner: User, settings: Settings, demo: bool
) -> None:
    settings.DEMO_MAILBOX = demo
    page = client.post(ASK, {"email": learner.email}, follow=True).content.decode()
    assert ("/poczta/" in page) is demo


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
