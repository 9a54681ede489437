"""J6: the session is lost, the next answer is given: log-in over the page; nothing of Anna's is left for Ewa."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from elearning.accounts.models import User
from tests import make
from tests.browser import exam, k1, steps
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def anna(site: object) -> User:
    return exam.anna()


def lost(page: Page) -> None:
    """Answer one question, lose the session, answer the next."""
    exam.start(page)
    exam.answer(page, 1)
    exam.saved(page, 1)
    Session.objects.all().delete()
    exam.answer(page, 4)
    expect(page.get_by_role("dialog", name="Zaloguj się ponownie")).to_be_visible()


def log_in_over_the_page(page: Page, person: User, password: str = make.PASSWORD) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Adres e-mail").fill(person.email)
    dialog.get_by_label("Hasło").fill(password)
    dialog.get_by_role("button", name="Zaloguj się").click()


def test_anna_logs_in_over_the_page_and_goes_on_at_the_same_question(anna: User, browse: Browse, guard: Guard) -> None:
    guard.expected = {401, 400}
    page = browse(anna)
    lost(page)
    stop(page)
    log_in_over_the_page(page, anna, "zle-haslo")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Nie udało się zalogować")

    log_in_over_the_page(page, anna)

    expect(page.get_by_role("dialog")).to_have_count(0)
    exam.saved(page, 4)
    expect(k1.question(page, 4).get_by_role("textbox")).to_have_value("86,3")
    assert exam.answered() == {1, 4}
    exam.answer(page, 3)
    exam.saved(page, 3)


def test_ewa_finds_nothing_of_annas(anna: User, browse: Browse, guard: Guard) -> None:
    guard.expected = {401, 403}
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    page = browse(anna)
    lost(page)

    log_in_over_the_page(page, ewa)

    expect(page).to_have_url(re.compile("/panel/$"))
    expect(page.get_by_role("banner")).to_contain_text("Ewa Nowak")
    assert exam.kept_on_device(page) == []
    assert exam.answered() == {1}
    page.go_back()
    expect(page.get_by_role("main")).not_to_contain_text("Pytanie 1")


def test_logging_out_sends_what_is_left_and_leaves_nothing(anna: User, browse: Browse, guard: Guard) -> None:
    guard.expected = {503}
    page = browse(anna)
    exam.start(page)
    other = page.context.new_page()
    other.goto("/panel/")
    page.route("**/odpowiedz/", exam.refuse)
    exam.answer(page, 1)
    expect(page.get_by_role("status").filter(has_text=exam.OFFLINE)).to_be_visible()
    assert exam.kept_on_device(page)

    steps.log_out(other)

    expect(other.get_by_role("banner")).to_contain_text("Zaloguj się")
    assert exam.answered() == {1}
    assert exam.kept_on_device(other) == []
    expect(page).to_have_url(re.compile("/konto/login/"))
    expect(page.get_by_role("main")).not_to_contain_text("Pytanie 1")
