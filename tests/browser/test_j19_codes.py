"""J19: a sixth wrong code is locked out, an opened link uses no code up, an unknown address answers alike."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from elearning.accounts.models import User
from tests import make
from tests.browser.checks import stop
from tests.browser.conftest import Browse
from tests.browser.steps import another, ask_for_code, give_code, submit, words_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ANNA = "anna@example.org"
NOBODY = "nikt@example.org"
TRIES = 5


@pytest.fixture
def anna(site: object) -> User:
    return make.user("Anna", "Żółć-Śćibor", email=ANNA)


def test_a_mailed_code_logs_in(anna: User, page: Page, code_for: Callable[[str], str]) -> None:
    ask_for_code(page, ANNA)
    stop(page)
    give_code(page, code_for(ANNA))
    expect(page).to_have_url(re.compile("/panel/$"))


def test_the_sixth_wrong_code_is_locked_out(anna: User, page: Page, code_for: Callable[[str], str]) -> None:
    ask_for_code(page, ANNA)
    right = code_for(ANNA)
    for number in range(1, TRIES + 1):
        give_code(page, another(right))
        if number < TRIES:
            expect(page.get_by_label("Kod z wiadomości")).to_have_attribute("aria-invalid", "true")
            if number == 1:
                stop(page)
    # The code form is gone, and says why; by hand even the right code is refused now.
    expect(page.get_by_label("Kod z wiadomości")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(re.compile("zbyt wiele|za dużo|za wiele", re.IGNORECASE))
    stop(page)
    token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    form = {"code": right, "csrfmiddlewaretoken": token}
    page.request.post("/konto/login/code/confirm/", form=form)
    page.goto("/panel/")
    expect(page).to_have_url(re.compile("/konto/login/"))


def test_a_mail_program_that_opens_everything_uses_no_code_up(
    anna: User, page: Page, browse: Browse, code_for: Callable[[str], str]
) -> None:
    ask_for_code(page, ANNA)
    letter = str(mail.outbox[-1].body)
    robot = browse()
    for link in [*re.findall(r"https?://\S+", letter), "/konto/login/code/confirm/", "/konto/login/code/"]:
        robot.goto(link)
    page.reload()
    give_code(page, code_for(ANNA))
    expect(page).to_have_url(re.compile("/panel/$"))


@pytest.mark.parametrize("way", ["/konto/login/code/", "/konto/password/reset/"])
def test_an_unknown_address_answers_alike(anna: User, browse: Browse, way: str) -> None:
    answers = []
    for address in (ANNA, NOBODY):
        page = browse()
        page.goto(way)
        page.get_by_label("Adres e-mail").fill(address)
        submit(page, "Wyślij mi kod")
        asked = words_of(page, instead=lambda words, address=address: words.replace(address, "…"))
        stop(page)
        give_code(page, "000000")
        answers.append((page.url, asked, words_of(page, instead=lambda words, a=address: words.replace(a, "…"))))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[ANNA], [NOBODY]]


def test_a_wrong_password_and_an_unknown_address_answer_alike(anna: User, browse: Browse) -> None:
    answers = []
    for address in (ANNA, NOBODY):
        page = browse()
        page.goto("/konto/login/")
        stop(page)
        page.get_by_label("Adres e-mail").fill(address)
        page.get_by_label("Hasło", exact=True).fill("to-nie-to-haslo")
        submit(page, "Zaloguj się")
        expect(page.get_by_label("Adres e-mail")).to_have_value(address)
        answers.append(words_of(page))
        stop(page)
    assert answers[0] == answers[1]
