"""J1: anna signs up, learns, scores 80 % and gets one certificate; every view of it agrees."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import Consent, User
from elearning.cms.templatetags.polish import polish_date
from elearning.notifications.models import Message
from elearning.records import recording
from elearning.records.models import Certificate, Enrolment, Result
from tests import make
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse
from tests.browser.steps import another, give_code, log_in, submit

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.timeout(300)]

ANNA = "anna@example.org"
PASSWORD = "moje-dlugie-haslo-7"


@pytest.fixture
def course(site: object) -> CoursePage:
    make.institution("PCPR A")
    make.institution("PCPR B")
    return k1.build()


def sign_up(page: Page, code_for: Callable[[str], str]) -> None:
    """From the course page back to it, with an error on the way: what was typed stays."""
    page.goto(k1.URL)
    stop(page)
    page.get_by_role("main").get_by_role("link", name="Załóż konto").click()
    stop(page)
    page.get_by_label("Imię", exact=True).fill("Anna")
    page.get_by_label("Nazwisko").fill("Żółć-Śćibor")
    submit(page, "Załóż konto")
    expect(page.get_by_label("Adres e-mail")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Nazwisko")).to_have_value("Żółć-Śćibor")
    expect(page.locator("error-summary")).to_be_focused()
    stop(page)
    page.get_by_label("Adres e-mail").fill(ANNA)
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.get_by_label("Instytucja", exact=True).select_option(label="PCPR A")
    page.get_by_label("Funkcja").fill("pracownica socjalna")
    page.get_by_role("checkbox").check()
    submit(page, "Załóż konto")
    expect(page.get_by_role("heading", level=1)).to_have_text("Potwierdź adres e-mail")
    stop(page)
    code = code_for(ANNA)
    give_code(page, another(code))
    expect(page.get_by_label("Kod z wiadomości")).to_have_attribute("aria-invalid", "true")
    stop(page)
    give_code(page, code)


def learn(page: Page) -> None:
    """Enrol, do the lessons and the test with eight right answers of ten."""
    expect(page).to_have_url(re.compile(f"{k1.URL}$"))
    page.get_by_role("button", name="Zapisz mnie na kurs").click()
    stop(page)
    page.get_by_text("Dlaczego nie ukończono?").click()
    lessons = [f"Ukończ lekcję „{title}”." for title in k1.LESSONS.values()]
    for condition in [*lessons, f"Zalicz aktywność „{k1.ACTIVITY}”.", f"Zalicz test „{k1.QUIZ}”."]:
        expect(page.get_by_role("main")).to_contain_text(condition)
    stop(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("^Kontynuuj")).click()
    for title in k1.LESSONS.values():
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        if title == k1.LESSONS["L3"]:
            k1.do_activity(page)
            k1.expect_activity_saved(page)
        # By key: a click straight after scrolling past a frame of another process may still go to that frame.
        page.get_by_role("button", name="Oznacz jako ukończone").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(k1.QUIZ)
    stop(page)
    page.get_by_role("button", name="Rozpocznij podejście").click()
    k1.answer_all(page, right=8)
    stop(page)
    page.get_by_role("button", name="Zakończ i wyślij").click()
    expect(page.get_by_role("main")).to_contain_text("80%")
    stop(page)


def what_the_panel_says(page: Page) -> str:
    page.goto("/panel/")
    main = page.get_by_role("main")
    expect(main).to_contain_text("100%")
    expect(main).to_contain_text(k1.TITLE)
    expect(main.get_by_role("link", name=re.compile("^Pobierz zaświadczenie"))).to_have_count(1)
    return main.inner_text()


def every_item_is_dated(page: Page) -> None:
    """The outline shows five items as completed, and each of them says when."""
    assert Result.objects.exclude(completed_at=None).count() == 5
    page.goto(k1.URL)
    expect(page.get_by_role("main")).to_contain_text(f"Kurs ukończony {polish_date(timezone.now())}")
    expect(page.get_by_role("region", name="Program").get_by_text("ukończone", exact=True)).to_have_count(5)
    for address in (f"{k1.URL}m1/l1/", f"{k1.URL}m1/l2/", f"{k1.URL}m2/l3/"):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text(polish_date(timezone.now()))
    page.goto(k1.QUIZ_URL)
    expect(page.get_by_role("listitem").filter(has_text="Podejście 1")).to_contain_text(str(timezone.localdate().year))


def test_anna_gets_her_certificate(
    course: CoursePage, page: Page, browse: Browse, code_for: Callable[[str], str]
) -> None:
    sign_up(page, code_for)
    learn(page)
    anna = User.objects.get(email=ANNA)
    assert (str(anna), anna.institution_label, anna.function) == ("Anna Żółć-Śćibor", "PCPR A", "pracownica socjalna")
    assert set(Consent.objects.filter(user=anna).values_list("kind", flat=True)) == {"terms", "privacy"}

    panel = what_the_panel_says(page)
    stop(page)
    page.reload()
    assert page.get_by_role("main").inner_text() == panel

    every_item_is_dated(page)
    stop(page)

    certificate = Certificate.objects.get()
    assert certificate.facts["result"] == 80
    letters = [letter for letter in mail.outbox if certificate.number in str(letter.body)]
    assert [letter.to for letter in letters] == [[ANNA]]
    assert Message.objects.filter(key__startswith="course-completed").count() == 1

    again = browse()
    again.goto("/konto/login/")
    log_in(again, ANNA, PASSWORD)
    expect(again).to_have_url(re.compile("/panel/$"))
    assert what_the_panel_says(again) == panel


def test_the_editor_sees_the_same(course: CoursePage, editor: User, browse: Browse) -> None:
    """Half-way and at the end the editor's view of the learner and the learner's own say the same."""
    anna = make.user("Anna", "Żółć-Śćibor", email=ANNA)
    enrolment = make.enrolment(anna, course)
    for done in (2, 5):
        reached = make.complete(enrolment, outline_of(course), items=done)
        assert reached is not None
        mine = browse(anna)
        mine.goto(k1.URL)
        theirs = browse(editor)
        theirs.goto("/redakcja/uczestnicy/")
        theirs.get_by_role("main").get_by_role("link", name="Anna Żółć-Śćibor").first.click()
        for condition in recording.progress(Enrolment.objects.get(pk=enrolment.pk), outline_of(course)).unmet:
            expect(mine.get_by_role("main")).to_contain_text(condition.text)
            expect(theirs.get_by_role("main")).to_contain_text(condition.text)
        said = polish_date(timezone.now()) if reached.is_complete else f"{reached.percent}%"
        for window in (mine, theirs):
            expect(window.get_by_role("main")).to_contain_text(said)
        expect(theirs.get_by_role("row").filter(has_text=polish_date(timezone.now()))).to_have_count(done)
