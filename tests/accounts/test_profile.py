"""A person's own data and the pages around them."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from elearning.accounts.models import User
from tests import make

from .conftest import log_in_and_prove

pytestmark = pytest.mark.django_db


def answers(**change: str) -> dict[str, str]:
    return {
        "first_name": "Anna",
        "last_name": "Nowa-Żółć",
        "institution": "inna",
        "institution_name": "Fundacja Most",
        "function": "kuratorka",
        **change,
    }


def test_person_changes_their_data(as_learner: Client, learner: User) -> None:
    page = as_learner.post("/konto/", answers(), follow=True).content.decode()
    assert "Zapisano Twoje dane." in page
    learner.refresh_from_db()
    assert (learner.last_name, learner.institution, learner.institution_label) == ("Nowa-Żółć", None, "Fundacja Most")
    assert 'value="Fundacja Most"' in page


def test_page_shows_what_is_known(as_learner: Client, learner: User) -> None:
    page = as_learner.get("/konto/").content.decode()
    assert 'value="Żółć-Śćibor"' in page
    assert f'<option value="{learner.institution_id}" selected>PCPR A</option>' in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"first_name": ""}, "Wpisz imię."),
        ({"institution_name": " "}, "Wpisz nazwę swojej instytucji."),
        ({"institution": ""}, "Wybierz instytucję z\xa0listy albo"),
        ({"function": "x" * 121}, "120"),
    ],
)
def test_bad_answer_changes_nothing(as_learner: Client, learner: User, change: dict[str, str], message: str) -> None:
    page = as_learner.post("/konto/", answers(**change)).content.decode()
    assert message in page
    assert 'value="Nowa-Żółć"' in page
    learner.refresh_from_db()
    assert learner.last_name == "Żółć-Śćibor"


def test_stranger_is_led_to_the_log_in(client: Client) -> None:
    assert client.get("/konto/").headers["Location"] == "/konto/login/?next=/konto/"


def test_other_methods_are_refused(as_learner: Client) -> None:
    assert as_learner.delete("/konto/").status_code == 405


def test_cost_does_not_grow_with_the_register(
    as_learner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make.institution(f"GOPS {number}")
    with django_assert_max_num_queries(5):
        as_learner.get("/konto/")


@pytest.mark.parametrize(
    "path",
    [
        "/konto/email/",
        "/konto/password/change/",
        "/konto/2fa/",
        "/konto/2fa/webauthn/",
        "/konto/2fa/recovery-codes/generate/",
        "/konto/sessions/",
        "/konto/logout/",
    ],
)
def test_every_page_of_the_account_is_ours(learner: User, path: str) -> None:
    client = log_in_and_prove(learner)
    page = client.get(path).content.decode()
    assert page.count("<h1>") == 1
    assert 'id="tresc"' in page
    assert "Platforma edukacyjna" in page


def test_address_changes_only_once_its_code_is_typed(learner: User, code_for: Callable[[str], str]) -> None:
    client = log_in_and_prove(learner)
    client.post("/konto/email/", {"action_add": "1", "email": "nowa@example.org"})
    learner.refresh_from_db()
    assert learner.email == "anna@example.org"
    client.post("/konto/confirm-email/", {"code": code_for("nowa@example.org")})
    learner.refresh_from_db()
    assert learner.email == "nowa@example.org"
