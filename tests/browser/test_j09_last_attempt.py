"""J9: a third attempt by address is refused; two parallel starts of the last one make exactly two rows in all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from elearning.accounts.models import User
from elearning.records.models import Attempt
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

START = f"{k1.QUIZ_URL}-/podejscie/"


def start_in_a_thread(person: User) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    try:
        return str(client.post(START)["Location"])
    finally:
        connection.close()


def test_two_attempts_are_two_and_not_three(site: object, browse: Browse) -> None:
    person = exam.anna(attempts_allowed=2)
    page = browse(person)
    exam.start(page)
    page.get_by_role("button", name="Zakończ i wyślij").click()
    page.get_by_role("button", name="Wyślij mimo to").click()
    expect(page.get_by_role("main")).to_contain_text("Pozostałe podejścia: 1")

    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(start_in_a_thread, [person, person]))

    assert opened == [f"{START}2/"] * 2
    assert Attempt.objects.count() == 2
    page.goto(f"{START}2/")
    page.get_by_role("button", name="Zakończ i wyślij").click()
    page.get_by_role("button", name="Wyślij mimo to").click()
    expect(page.get_by_role("main")).to_contain_text("Wykorzystano wszystkie podejścia")
    stop(page)
    page.goto(k1.QUIZ_URL)
    expect(page.get_by_role("button", name="Rozpocznij podejście")).to_have_count(0)
    stop(page)

    third = page.goto(f"{START}3/")
    assert third is not None
    assert third.status == 404
    page.goto(k1.QUIZ_URL)
    page.evaluate(
        """address => { const form = document.querySelector('form[action$="/logout/"]').cloneNode(true);
        form.action = address; document.body.append(form); form.submit(); }""",
        START,
    )
    expect(page.get_by_role("main")).to_contain_text("Wykorzystano wszystkie podejścia")
    assert Attempt.objects.count() == 2


def test_back_after_the_result_shows_the_result(site: object, browse: Browse) -> None:
    page = browse(exam.anna())
    exam.start(page)
    k1.answer_all(page)
    page.get_by_role("button", name="Zakończ i wyślij").click()
    expect(page).to_have_url(exam.RESULT)

    page.go_back()

    expect(page).to_have_url(exam.RESULT)
    expect(page.get_by_role("main")).to_contain_text("To podejście jest już zakończone")
    assert Attempt.objects.count() == 1
