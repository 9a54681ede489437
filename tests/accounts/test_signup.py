"""From no account to a confirmed one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from elearning.accounts.models import Consent, User
from elearning.institutions.models import Institution
from elearning.notifications.models import Message
from tests import make

from .conftest import Answers

pytestmark = pytest.mark.django_db
SIGN_UP = "/konto/signup/"
CONFIRM = "/konto/confirm-email/"
CodeFor = Callable[[str], str]


def test_person_signs_up_and_confirms_the_address_with_a_code(
    client: Client, answers: Answers, institution: Institution, code_for: CodeFor
) -> None:
    assert client.post(SIGN_UP, answers).headers["Location"] == CONFIRM
    response = client.post(CONFIRM, {"code": code_for("zaneta@example.org")})
    assert response.headers["Location"] == reverse("panel")
    user = User.objects.get()
    assert user.get_full_name() == "Żaneta Łęgowska-Śćibor"
    assert (user.institution, user.institution_name) == (institution, "")
    assert user.function == "pracownica socjalna"
    assert user.emailaddress_set.get().verified
    assert client.session["_auth_user_id"] == str(user.pk)


def test_accepted_texts_are_logged_with_their_versions(client: Client, answers: Answers) -> None:
    client.post(SIGN_UP, answers)
    assert set(Consent.objects.values_list("kind", "version")) == {("terms", "2026-11"), ("privacy", "2026-11")}


def test_other_institution_is_typed_in(client: Client, answers: Answers) -> None:
    client.post(SIGN_UP, answers | {"institution": "inna", "institution_name": "Fundacja Most"})
    user = User.objects.get()
    assert (user.institution, user.institution_label) == (None, "Fundacja Most")


def test_choice_of_the_register_wins_over_a_typed_name(client: Client, answers: Answers) -> None:
    client.post(SIGN_UP, answers | {"institution_name": "Fundacja Most"})
    assert User.objects.get().institution_label == "PCPR A"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"first_name": " "}, "Wpisz imię."),
        ({"last_name": ""}, "Wpisz nazwisko."),
        ({"last_name": "x" * 121}, "120"),
        ({"email": "zaneta@"}, "poprawny adres"),
        ({"email": ""}, "Wpisz adres e-mail."),
        ({"password1": "krotkie"}, "10"),
        ({"password1": "password123"}, "zbyt powszechne"),
        ({"institution": ""}, "Wybierz instytucję z\xa0listy albo"),
        ({"institution": "999999"}, "Wybierz poprawną wartość"),
        ({"institution": "inna"}, "Wpisz nazwę swojej instytucji."),
        ({"function": ""}, "Wpisz swoją funkcję."),
        ({"terms": ""}, "Zaznacz to pole, aby założyć konto."),
    ],
)
def test_bad_answer_is_explained_and_the_others_are_kept(
    client: Client, answers: Answers, change: Answers, message: str
) -> None:
    response = client.post(SIGN_UP, answers | change)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "error-summary" in page
    kept = "Żaneta" if "first_name" not in change else "Łęgowska-Śćibor"
    assert f'value="{kept}"' in page
    assert not User.objects.exists()
    assert not Message.objects.exists()


def test_script_in_a_name_stays_text(client: Client, answers: Answers) -> None:
    page = client.post(SIGN_UP, answers | {"first_name": "<script>alert(1)</script>", "function": ""}).content.decode()
    assert "<script>alert(1)" not in page


def test_known_address_is_answered_like_a_new_one(client: Client, answers: Answers, learner: User) -> None:
    known = client.post(SIGN_UP, answers | {"email": learner.email.upper()}, follow=True)
    new = Client().post(SIGN_UP, answers, follow=True)
    assert known.redirect_chain == new.redirect_chain
    assert User.objects.count() == 2
    message = Message.objects.get(recipient=learner.email)
    assert message.subject == "Masz już konto"
    assert "password/reset" in message.body


def test_code_is_six_digits_in_a_secret_message(client: Client, answers: Answers, code_for: CodeFor) -> None:
    client.post(SIGN_UP, answers)
    message = Message.objects.get()
    assert message.is_secret
    assert code_for("zaneta@example.org") not in message.subject
    assert message.user == User.objects.get()


def test_message_has_no_link_that_a_mail_program_could_open(client: Client, answers: Answers) -> None:
    client.post(SIGN_UP, answers)
    assert "/confirm-email/" not in Message.objects.get().body


def test_opening_pages_does_not_use_the_code_up(client: Client, answers: Answers, code_for: CodeFor) -> None:
    client.post(SIGN_UP, answers)
    code = code_for("zaneta@example.org")
    for _ in range(3):
        assert client.get(CONFIRM, {"code": code}).status_code == 200
    assert client.post(CONFIRM, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    assert User.objects.get().emailaddress_set.get().verified


def test_wrong_code_says_so_and_the_sixth_try_is_locked_out(
    client: Client, answers: Answers, code_for: CodeFor
) -> None:
    client.post(SIGN_UP, answers)
    code = code_for("zaneta@example.org")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        page = client.post(CONFIRM, {"code": wrong})
        assert "Kod jest nieprawidłowy" in page.content.decode()
    assert client.post(CONFIRM, {"code": wrong}).status_code == 302
    client.post(CONFIRM, {"code": code})
    assert not User.objects.get().emailaddress_set.get().verified
    assert "_auth_user_id" not in client.session


def test_next_is_kept_through_sign_up_and_code(client: Client, answers: Answers, code_for: CodeFor) -> None:
    page = client.get(SIGN_UP, {"next": "/kursy/"}).content.decode()
    assert '<input type="hidden" name="next" value="/kursy/">' in page
    client.post(SIGN_UP, answers | {"next": "/kursy/"})
    response = client.post(CONFIRM, {"code": code_for("zaneta@example.org")})
    assert response.headers["Location"] == "/kursy/"


def test_next_to_another_site_is_ignored(client: Client, answers: Answers, code_for: CodeFor) -> None:
    client.post(SIGN_UP, answers | {"next": "https://example.com/"})
    response = client.post(CONFIRM, {"code": code_for("zaneta@example.org")})
    assert response.headers["Location"] == reverse("panel")


def test_new_code_can_be_asked_for_and_replaces_the_old_one(
    client: Client, answers: Answers, code_for: CodeFor
) -> None:
    client.post(SIGN_UP, answers)
    first = code_for("zaneta@example.org")
    client.post(CONFIRM, {"action": "resend"})
    second = code_for("zaneta@example.org")
    assert Message.objects.count() == 2
    if first != second:
        assert client.post(CONFIRM, {"code": first}).status_code == 200
    assert client.post(CONFIRM, {"code": second}).status_code == 302


def test_misspelt_address_is_corrected_before_the_code(client: Client, answers: Answers, code_for: CodeFor) -> None:
    client.post(SIGN_UP, answers | {"email": "zanetta@example.org"})
    client.post(CONFIRM, {"action": "change", "email": "zaneta@example.org"})
    client.post(CONFIRM, {"code": code_for("zaneta@example.org")})
    user = User.objects.get()
    assert user.email == "zaneta@example.org"
    assert user.emailaddress_set.get(verified=True).email == "zaneta@example.org"


def test_fields_tell_the_browser_what_they_are(client: Client) -> None:
    page = client.get(SIGN_UP).content.decode()
    for purpose in ["given-name", "family-name", "email", "new-password", "organization", "organization-title"]:
        assert f'autocomplete="{purpose}"' in page


def test_cost_of_the_form_does_not_grow_with_the_register(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make.institution(f"PCPR {number}")
    client.get(SIGN_UP)
    with django_assert_num_queries(1):
        client.get(SIGN_UP)
