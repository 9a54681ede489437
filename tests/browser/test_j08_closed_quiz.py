"""J8: after the closing date a bookmark and a POST made by hand are refused with the rule; an individual term works."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import QuizPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records.models import Attempt, Enrolment, Extension
from tests import make
from tests.browser import exam, k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

START = f"{k1.QUIZ_URL}-/podejscie/"
POST = """address => { const form = document.querySelector('form[action$="/logout/"]').cloneNode(true);
  form.action = address; document.body.append(form); form.submit(); }"""


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def refused(page: Page) -> None:
    """The page names the rule and offers no start."""
    expect(page.get_by_role("main")).to_contain_text("Test jest zamknięty od")
    expect(page.get_by_role("button", name="Rozpocznij podejście")).to_have_count(0)


def test_the_bookmark_and_the_post_are_refused_and_the_individual_term_works(
    site: object, editor: User, browse: Browse
) -> None:
    anna = exam.anna(closes_at=timezone.now() + timedelta(days=1))
    page = browse(anna, width=320)
    page.goto(k1.QUIZ_URL)
    expect(page.get_by_role("main").get_by_role("button", name="Rozpocznij podejście")).to_be_visible()
    exam.change_rules(closes_at=timezone.now() - timedelta(hours=1))

    refused_every_way(page)
    grant(browse(editor))

    exam.start(page)
    exam.answer(page, 1)
    exam.saved(page, 1)
    assert Attempt.objects.get().deadline_at == Extension.objects.get().closes_at


def refused_every_way(page: Page) -> None:
    """By the button of a page that was open, by bookmark, by the attempt's address, by a POST made by hand."""
    page.get_by_role("main").get_by_role("button", name="Rozpocznij podejście").click()
    refused(page)
    page.goto(k1.QUIZ_URL)
    refused(page)
    stop(page)
    by_address = page.goto(f"{START}1/")
    assert by_address is not None
    assert by_address.status == 404
    page.goto(k1.QUIZ_URL)
    page.evaluate(POST, START)
    refused(page)
    assert not Attempt.objects.exists()


def grant(staff: Page) -> None:
    """The editor goes from the learner's card to the terms, forgets the reason, and is told so."""
    staff.goto(f"/redakcja/uczestnicy/inspect/{Enrolment.objects.get().pk}/")
    staff.get_by_role("link", name=k1.QUIZ, exact=True).click()
    staff.get_by_label("Dodatkowe podejścia").fill("1")
    staff.get_by_role("button", name="Zapisz warunki").click()
    expect(staff.get_by_role("main")).to_contain_text("Podaj powód.")
    expect(staff.get_by_label("Dodatkowe podejścia")).to_have_value("1")
    staff.get_by_label("Otwarty do").fill(typed(timezone.now() + timedelta(days=2)))
    staff.keyboard.press("Tab")
    staff.get_by_label("Powód").fill("Pobyt w szpitalu")
    staff.get_by_label("Powód").press("Enter")
    expect(staff.get_by_role("main")).to_contain_text("Pobyt w szpitalu")
    expect(staff.get_by_role("main")).to_contain_text("Renata Redaktorska")
    assert Extension.objects.get().attempts == 1


def test_for_everybody_else_it_stays_closed(site: object, editor: User, browse: Browse) -> None:
    anna = exam.anna(closes_at=timezone.now() - timedelta(hours=1))
    mine = Enrolment.objects.get(user=anna)
    quiz = QuizPage.objects.get()
    Extension.objects.create(
        enrolment=mine,
        page=quiz,
        item=quiz.translation_key,
        closes_at=timezone.now() + timedelta(days=1),
        reason="Choroba",
        granted_by=editor,
        granted_at=timezone.now(),
    )
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    enrolment = make.enrolment(ewa, mine.course.specific)
    make.complete(enrolment, outline_of(mine.course.specific), items=4)
    page = browse(ewa)
    page.goto(k1.QUIZ_URL)
    refused(page)
    page.evaluate(POST, START)
    refused(page)
    assert not Attempt.objects.exists()
