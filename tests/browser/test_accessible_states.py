"""Every state of what strangers and learners see: accessible, in Polish, as wide as a desktop and as a small phone."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.cms import views
from elearning.cms.models import NewsIndexPage, NewsPage, StandardPage
from elearning.records import certificates
from elearning.records.models import Attempt, Certificate
from tests import make
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse, Guard
from tests.browser.steps import ask_for_code, give_code, log_in, submit

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]

ANNA = "anna@example.org"
DESKTOP, PHONE = 1440, 320
# Words of the libraries' own texts that no Polish text of ours has.
ENGLISH = re.compile(r"\b(the|please|this|your|password|required|invalid|sign|confirm|enter)\b", re.IGNORECASE)


def everywhere(page: Page) -> None:
    """One state on a desktop and on a phone: nothing for axe to find, nothing too wide, one title, in Polish."""
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        stop(page)
    expect(page.locator("h1")).to_have_count(1)
    found = ENGLISH.findall(f"{page.title()}\n{page.locator('body').inner_text()}")
    assert not found, f"{page.url}: {found}"
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def visit(page: Page, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        everywhere(page)


def prove(page: Page) -> None:
    """Type the password once more, where an important change asks for it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Potwierdź, że to Ty")
    page.get_by_label("Hasło", exact=True).fill(make.PASSWORD)
    submit(page, "Potwierdź")


@pytest.fixture
def anna(site: object) -> User:
    return make.user("Anna", "Żółć-Śćibor", email=ANNA)


@pytest.fixture
def certificate(site: object, anna: User) -> Certificate:
    course = k1.build()
    make.complete(make.enrolment(anna, course), outline_of(course))
    return Certificate.objects.get()


def test_pages_that_anyone_reads(site: object, page: Page) -> None:
    visit(page, "/", "/kursy/", "/zaswiadczenia/", "/nie-ma-takiej-strony/")
    k1.build()
    home = StandardPage.get_root_nodes()[0].get_children().get(slug="start").specific
    home.add_child(instance=StandardPage(title="Kontakt", slug="kontakt", lead="Napisz do nas.", is_sample=True))
    index = home.add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
    visit(page, "/aktualnosci/")
    news = NewsPage(title="Spotkanie w Łomży", slug="spotkanie", date=timezone.localdate(), lead="Nowe terminy.")
    index.add_child(instance=news)
    visit(page, "/", "/kursy/", "/kursy/?model=urban", k1.URL, "/aktualnosci/", "/aktualnosci/spotkanie/", "/kontakt/")


def test_a_certificate_in_each_state(certificate: Certificate, editor: User, page: Page) -> None:
    address = f"/zaswiadczenia/{certificate.code}/"
    visit(page, "/zaswiadczenia/?code=", "/zaswiadczenia/BBBB-CCCC-DDDD/", address)
    new = certificates.replace(certificate, by=editor, corrections={"name": "Anna Nowak"})
    visit(page, address)
    certificates.revoke(new, by=editor, reason="Pomyłka")
    visit(page, f"/zaswiadczenia/{new.code}/")
    expect(page.get_by_role("main")).to_contain_text("unieważnione")


def test_the_ways_in(anna: User, page: Page, code_for: Callable[[str], str]) -> None:
    visit(page, "/konto/login/", "/konto/signup/")
    submit(page, "Załóż konto")
    expect(page.get_by_role("alert")).to_be_focused()
    everywhere(page)
    page.goto("/konto/login/")
    submit(page, "Zaloguj się")
    everywhere(page)
    log_in(page, ANNA, "nie-to-haslo")
    everywhere(page)
    ask_for_code(page, ANNA)
    everywhere(page)
    give_code(page, "")
    everywhere(page)
    visit(page, "/konto/login/code/", "/konto/password/reset/")
    page.get_by_label("Adres e-mail").fill(ANNA)
    submit(page, "Wyślij mi kod")
    everywhere(page)
    give_code(page, code_for(ANNA))
    everywhere(page)
    page.get_by_label("Nowe hasło", exact=True).fill("krotkie")
    page.get_by_label("Powtórz nowe hasło").fill("inne")
    submit(page, "Zapisz nowe hasło")
    everywhere(page)


def test_an_account_of_ones_own(anna: User, page: Page) -> None:
    page.goto("/konto/login/?next=/konto/2fa/totp/activate/")
    log_in(page, ANNA)
    everywhere(page)
    prove(page)
    everywhere(page)
    page.get_by_label(re.compile("^Kod")).fill("000000")
    submit(page, "Włącz aplikację")
    everywhere(page)
    visit(page, "/konto/2fa/", "/konto/2fa/webauthn/add/", "/konto/2fa/webauthn/", "/konto/sessions/", "/konto/logout/")
    visit(page, "/konto/email/")
    page.get_by_label("Nowy adres e-mail").fill("nowa@example.org")
    submit(page, "Zmień adres")
    everywhere(page)
    visit(page, "/konto/email/", "/konto/password/change/")
    submit(page, "Zapisz hasło")
    everywhere(page)
    visit(page, "/konto/")
    page.get_by_label("Imię", exact=True).fill("")
    submit(page, "Zapisz")
    everywhere(page)


def test_security_once_it_is_on(editor: User, browse: Browse) -> None:
    page = browse(editor)
    visit(page, "/konto/2fa/", "/konto/2fa/recovery-codes/generate/")
    prove(page)
    submit(page, "Utwórz kody")
    everywhere(page)
    visit(page, "/konto/2fa/totp/deactivate/")


def test_a_course_and_the_panel_from_empty_to_finished(anna: User, browse: Browse) -> None:
    page = browse(anna)
    visit(page, "/panel/")
    course = k1.build()
    outline = outline_of(course)
    visit(page, k1.URL)
    page.goto(k1.URL)
    submit(page, "Zapisz mnie na kurs")
    everywhere(page)
    visit(page, f"{k1.URL}m1/l1/")
    submit(page, "Oznacz jako ukończone")
    visit(page, f"{k1.URL}m1/l1/", k1.QUIZ_URL)
    page.goto(k1.URL)
    page.get_by_text("Dlaczego nie ukończono?").click()
    page.get_by_text("Wypisz mnie z kursu").first.click()
    everywhere(page)
    visit(page, "/panel/")
    make.complete(anna.enrolments.get(), outline)
    visit(page, k1.URL)
    make.lesson(ModulePage.objects.get(slug="m2"), "Co się zmieniło", slug="l4")
    visit(page, k1.URL, "/panel/")
    LessonPage.objects.get(slug="l1").unpublish()
    visit(page, f"{k1.URL}m1/l1/")
    CoursePage.objects.get(pk=course.pk).unpublish()
    visit(page, k1.URL, "/panel/")


def test_messages_in_the_mailbox_of_a_demonstration(site: object, page: Page, settings: Settings) -> None:
    settings.DEMO_MAILBOX = True
    visit(page, "/poczta/")
    ask_for_code(page, ANNA)
    visit(page, "/poczta/")


def test_an_attempt_and_its_result_in_each_setting(site: object, browse: Browse) -> None:
    page = browse(exam.anna(attempts_allowed=2, review="none"))
    visit(page, k1.QUIZ_URL)
    exam.start(page)
    everywhere(page)
    submit(page, "Zakończ i wyślij")
    everywhere(page)
    visit(page, k1.QUIZ_URL)
    page.goto(f"{k1.QUIZ_URL}-/podejscie/1/")
    exam.answer(page, 1, 2, 3)
    exam.saved(page, 1, 2, 3)
    submit(page, "Zakończ i wyślij")
    submit(page, "Wyślij mimo to")
    expect(page).to_have_url(exam.RESULT)
    attempt = Attempt.objects.get()
    for review in QuizPage.Review.values:
        attempt.rules["review"] = review  # an attempt keeps the rules it began with
        attempt.save(update_fields=["rules"])
        page.reload()
        everywhere(page)
    expect(page.get_by_role("heading", name="Twoje odpowiedzi")).to_be_visible()
    exam.change_rules(attempts_allowed=1)
    visit(page, k1.QUIZ_URL)
    exam.change_rules(closes_at=timezone.now() - timedelta(days=1))
    visit(page, k1.QUIZ_URL)
    exam.change_rules(closes_at=None, questions=[])
    visit(page, k1.QUIZ_URL)


def test_every_refusal(anna: User, page: Page, browse: Browse, guard: Guard) -> None:
    make.course("Kurs", slug="kurs")
    visit(browse(anna), "/kursy/kurs/-/zapis/")
    page.goto("/konto/login/")
    page.context.clear_cookies()
    log_in(page, ANNA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten formularz stracił ważność")
    everywhere(page)
    guard.expected |= {500}
    for number, answer in enumerate(refusals()):
        address = f"/odmowa-{number}/"
        page.route(f"**{address}", lambda route, _, a=answer: route.fulfill(status=a.status_code, body=a.content))
        visit(page, address)


def refusals() -> list[HttpResponse]:
    """Pages of refusals that a browser cannot provoke at will, as their views make them."""
    request: HttpRequest = RequestFactory().get("/")
    return [
        views.bad_request(request),
        views.bad_request(request, RequestDataTooBig()),
        views.permission_denied(request, PermissionDenied("Ten plik należy do innej osoby.")),
        render(request, "429.html", status=429),
        views.server_error(request),
    ]
