"""J21: twenty people ask for the last place at once; one is in, nineteen wait in order, and nobody is told twice."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records.models import Registration, RegistrationMove
from elearning.records.places import Standing
from tests import make, trainings
from tests.browser.checks import press, stop
from tests.browser.conftest import Browse, session_of
from tests.registrations import OTHER_INSTITUTION

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PEOPLE = 20


class _Stay(HTTPRedirectHandler):
    """Tells where one is sent instead of going there."""

    def redirect_request(self, *_args: object) -> None:
        return None


@pytest.fixture
def training(site: object) -> TrainingPage:
    """Z1 with one place."""
    return trainings.training("Szkolenie kompetencyjne", slug="z1", capacity=1)


@pytest.fixture
def accounts(site: object) -> list[User]:
    return [make.user("Osoba", f"Konto{number:02}", email=f"konto{number:02}@example.org") for number in range(10)]


def post(url: str, fields: dict[str, str], cookies: dict[str, str]) -> int:
    """Send a form over the wire as a browser does; the status of the answer."""
    token = "a" * 32
    request = Request(url, data=urlencode({**fields, "csrfmiddlewaretoken": token}).encode())
    request.add_header(
        "Cookie", "; ".join(f"{name}={value}" for name, value in {**cookies, "csrftoken": token}.items())
    )
    try:
        with build_opener(_Stay).open(request, timeout=60) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def sign_up_at_once(url: str, training: TrainingPage, accounts: list[User]) -> list[int]:
    """Half of them with an account, half by pressing the button that confirms their address."""
    waiting = [trainings.registered(training, standing=Standing.UNCONFIRMED) for _ in range(PEOPLE - len(accounts))]
    register = url + reverse("trainings:register", args=[training.slug])
    name = django_settings.SESSION_COOKIE_NAME
    asked = [(register, OTHER_INSTITUTION, {name: session_of(person, url)["value"]}) for person in accounts]
    asked += [(url + own_url(one), {"co": "potwierdz"}, {}) for one in waiting]
    with ThreadPoolExecutor(PEOPLE) as threads:
        return list(threads.map(lambda one: post(*one), asked))


def own_url(registration: Registration) -> str:
    page = TrainingPage.objects.get(pk=registration.training_id)
    return reverse("trainings:registration", args=[page.slug, registration.token])


def letters_to(registration: Registration) -> int:
    return Message.objects.filter(recipient=registration.email).count()


def cancel_by_keyboard(page: Page, registration: Registration) -> None:
    page.goto(own_url(registration))
    expect(page.get_by_role("main")).to_contain_text("Masz miejsce")
    stop(page)
    press(page, page.get_by_role("link", name="Anuluj zgłoszenie"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Czy anulować zgłoszenie?")
    stop(page)
    press(page, page.get_by_role("button", name="Tak, anuluj zgłoszenie"))
    expect(page.get_by_role("main")).to_contain_text("Zgłoszenie jest anulowane")
    stop(page)


def test_one_of_twenty_gets_the_last_place_and_the_next_moves_up(
    browse: Browse, served: LiveServer, training: TrainingPage, accounts: list[User]
) -> None:
    page = browse(width=320, height=640)
    assert set(sign_up_at_once(served.url, training, accounts)) == {302}
    everybody = list(Registration.objects.order_by("number"))
    assert [one.number for one in everybody] == list(range(1, PEOPLE + 1))
    assert [one.standing for one in everybody] == [Standing.ADMITTED, *[Standing.RESERVED] * (PEOPLE - 1)]
    first, second, third, last = everybody[0], everybody[1], everybody[2], everybody[-1]
    assert [letters_to(one) for one in everybody] == [1] * PEOPLE

    page.goto(own_url(last))
    expect(page.get_by_role("main")).to_contain_text("Jesteś na liście rezerwowej, miejsce 19")
    stop(page)
    cancel_by_keyboard(page, first)
    page.goto(own_url(second))
    expect(page.get_by_role("main")).to_contain_text("Masz miejsce")
    page.goto(own_url(third))
    expect(page.get_by_role("main")).to_contain_text("miejsce 1")

    assert Registration.objects.admitted().get() == second
    assert [letters_to(one) for one in everybody] == [2, 2, *[1] * (PEOPLE - 2)]
    assert Message.objects.count() == RegistrationMove.objects.count()


def test_who_registers_again_is_told_so(browse: Browse, training: TrainingPage, accounts: list[User]) -> None:
    anna = accounts[0]
    page = browse(anna)
    page.goto(reverse("trainings:register", args=[training.slug]))
    page.get_by_label("Instytucja", exact=True).select_option("inna")
    page.get_by_label("Nazwa innej instytucji").fill("Fundacja Razem")
    press(page, page.get_by_role("button", name="Zapisz się"))
    expect(page.get_by_role("main")).to_contain_text("Masz miejsce")
    stop(page)
    page.goto(reverse("trainings:register", args=[training.slug]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Masz już zgłoszenie")
    stop(page)
    press(page, page.get_by_role("link", name="Zobacz swoje zgłoszenie"))
    expect(page.get_by_role("main")).to_contain_text("Masz miejsce")
    page.goto("/panel/")
    expect(page.get_by_role("heading", name="Moje szkolenia")).to_be_visible()
    stop(page)
    assert Registration.objects.count() == 1
    assert letters_to(Registration.objects.get()) == 1
