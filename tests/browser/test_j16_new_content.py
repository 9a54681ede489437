"""J16: L4 added after completion: date and certificate stay, „nowe treści” is shown; who enrols now needs L4."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from courses.models import CoursePage, ModulePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records.models import Certificate, Enrolment
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NEW = "Co się zmieniło w przepisach"
NEW_URL = f"{k1.URL}m2/l4/"


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def anna(course: CoursePage) -> User:
    """Anna, who completed K1 three days ago."""
    person = make.user("Anna", "Żółć-Śćibor", email="anna@example.org")
    enrolment = make.enrolment(person, course)
    make.complete(enrolment, outline_of(course))
    then = timezone.now() - timedelta(days=3)
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=then)
    return person


def add_lesson() -> None:
    make.lesson(ModulePage.objects.get(slug="m2"), NEW, slug="l4")


def test_who_completed_keeps_date_and_certificate_and_is_told(course: CoursePage, anna: User, browse: Browse) -> None:
    before = Enrolment.objects.values().get(), Certificate.objects.values().get()
    add_lesson()
    page = browse(anna)
    page.goto(k1.URL)
    news = page.get_by_role("region", name=re.compile("nowe treści", re.IGNORECASE))
    expect(news.get_by_role("link", name=NEW)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(re.compile("Kurs ukończony"))
    stop(page)
    page.goto("/panel/")
    expect(page.get_by_role("main")).to_contain_text(re.compile("nowe treści", re.IGNORECASE))
    stop(page)
    assert (Enrolment.objects.values().get(), Certificate.objects.values().get()) == before


def test_doing_the_new_lesson_later_changes_no_date_and_sends_nothing(
    course: CoursePage, anna: User, browse: Browse
) -> None:
    add_lesson()
    before = Enrolment.objects.values().get()
    page = browse(anna)
    page.goto(NEW_URL)
    page.get_by_role("button", name="Oznacz jako ukończone").click()
    page.goto(k1.URL)
    expect(page.get_by_role("region", name=re.compile("nowe treści", re.IGNORECASE))).to_have_count(0)
    assert Enrolment.objects.values().get() == before
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(key__startswith="course-completed").count() == 1


def test_who_enrols_now_needs_the_new_lesson(course: CoursePage, anna: User, browse: Browse) -> None:
    add_lesson()
    ewa = make.user("Ewa", "Nowak", email="ewa@example.org")
    enrolment = make.enrolment(ewa, course)
    make.complete(enrolment, outline_of(course), items=5)
    assert Enrolment.objects.get(user=ewa).completed_at is None
    page = browse(ewa)
    page.goto(k1.URL)
    page.get_by_text("Dlaczego nie ukończono?").click()
    expect(page.get_by_role("link", name=f"Ukończ lekcję „{NEW}”.")).to_be_visible()
    stop(page)
    page.get_by_role("link", name=f"Ukończ lekcję „{NEW}”.").click()
    page.get_by_role("button", name="Oznacz jako ukończone").click()
    expect(page).to_have_url(re.compile(f"{k1.URL}$"))
    expect(page.get_by_role("main")).to_contain_text("Kurs ukończony")
    assert Enrolment.objects.get(user=ewa).completed_at is not None
    assert Certificate.objects.count() == 2
