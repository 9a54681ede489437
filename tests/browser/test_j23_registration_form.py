"""J23: what is wrong is said at its field, what was typed stays, the focus moves there, and one record comes of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from courses.models import TrainingPage
from elearning.notifications.models import Message
from elearning.records.models import AcceptedClause, Registration
from elearning.records.places import Standing
from tests import trainings
from tests.browser.checks import choose, press, stop, tab_to
from tests.browser.conftest import Browse
from tests.registrations import clause, criterion, question, with_clauses

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SCREENS = {"1280 px": {"width": 1280, "height": 900}, "320 px": {"width": 320, "height": 640}}
SCRIPT = '<script>document.title="x"</script>'
LINK = re.compile(r"http\S+/-/zgloszenie/\S+")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def training(site: object) -> TrainingPage:
    page = trainings.training(
        "Webinarium",
        slug="webinarium",
        capacity=5,
        by_criteria=True,
        criteria=[criterion("Pracuję w gminie wiejskiej", 3)],
        questions=[question("Jak dojedziesz?", "choice", choices="autem\npociągiem", required=True)],
    )
    return with_clauses(page, clause("Klauzula informacyjna"), clause("Wizerunek", required=False))


def register_url(training: TrainingPage) -> str:
    return reverse("trainings:register", args=[training.slug])


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(re.compile(f"^{label}")).first)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def tick(page: Page, label: str) -> None:
    tab_to(page, page.get_by_label(re.compile(label)))
    page.keyboard.press("Space")


def fill_in(page: Page, email: str) -> None:
    """Everything by keyboard but the required consent."""
    type_into(page, "Imię", SCRIPT)
    type_into(page, "Nazwisko", "Żółć-Śćibor")
    type_into(page, "Adres e-mail", email)
    tab_to(page, page.get_by_role("combobox", name="Instytucja"))
    page.keyboard.type("Inna")
    type_into(page, "Nazwa innej instytucji", "Fundacja Razem")
    choose(page, page.get_by_label("pociągiem"))
    tick(page, "Pracuję w")


def link_of_letter() -> str:
    [letter] = [letter for letter in mail.outbox if "ola@example.org" in letter.to]
    found = LINK.search(str(letter.body))
    assert found, letter.body
    return found.group()


def with_mistakes(page: Page) -> None:
    """The form comes back with what is wrong and all that was typed, and leads to it."""
    fill_in(page, "ola@example")
    page.keyboard.press("Enter")
    summary = page.locator("error-summary")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(2)
    expect(page).to_have_title(re.compile("^Błąd: Zapisz się"))
    stop(page)
    press(page, summary.locator("a").first)
    expect(page.get_by_label("Adres e-mail")).to_be_focused()
    expect(page.get_by_label("Imię", exact=True)).to_have_value(SCRIPT)
    expect(page.get_by_label("Nazwa innej instytucji")).to_have_value("Fundacja Razem")
    expect(page.get_by_label("pociągiem")).to_be_checked()
    expect(page.get_by_label(re.compile("Pracuję w"))).to_be_checked()


def send_twice(page: Page, training: TrainingPage) -> None:
    """Enter twice, and the same once more behind the browser's back."""
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wysłaliśmy wiadomość. Sprawdź pocztę")
    stop(page)
    replayed = page.request.post(
        register_url(training), data=sent.value.post_data_buffer, headers={"Content-Type": FORM}, max_redirects=0
    )
    assert (replayed.status, replayed.headers["location"]) == (302, reverse("trainings:sent", args=[training.slug]))


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_mistakes_are_said_and_enter_pressed_twice_makes_one_record(
    browse: Browse, training: TrainingPage, screen: dict[str, int]
) -> None:
    page = browse(**screen)
    page.goto(register_url(training))
    stop(page)
    with_mistakes(page)
    assert not Registration.objects.exists()

    type_into(page, "Adres e-mail", "Ola@Example.org")
    tick(page, "Klauzula informacyjna")
    send_twice(page, training)
    made = Registration.objects.get()
    assert (made.first_name, made.email, made.standing) == (SCRIPT, "ola@example.org", Standing.UNCONFIRMED)
    assert (made.points, made.answers[0]["answer"]) == (3, "pociągiem")
    assert AcceptedClause.objects.get().title == "Klauzula informacyjna"
    assert Message.objects.count() == 1
    confirm(page, link_of_letter(), made)


def confirm(page: Page, link: str, made: Registration) -> None:
    """Only the button of the page behind the link confirms, once."""
    page.request.get(link)  # as mail programs open it by themselves
    page.goto(link)
    expect(page.get_by_role("heading", name="Potwierdź swój adres e-mail")).to_be_visible()
    stop(page)
    made.refresh_from_db()
    assert made.standing == Standing.UNCONFIRMED
    tab_to(page, page.get_by_role("button", name="Potwierdzam adres"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Masz miejsce")).to_be_visible()
    press(page, page.locator("summary", has_text="Co jest"))
    expect(page.get_by_role("main")).to_contain_text(SCRIPT)
    stop(page)
    assert Registration.objects.admitted().get() == made
    assert Message.objects.count() == 2


def test_past_training_explains_instead_of_asking(browse: Browse, site: object) -> None:
    past = trainings.training(slug="minione", on=timezone.localdate() - timedelta(days=9))
    page = browse(**SCREENS["320 px"])
    page.goto(register_url(past))
    expect(page.get_by_role("heading", level=1)).to_have_text("To wydarzenie już się odbyło")
    stop(page)
    expect(page.get_by_role("main").locator("form")).to_have_count(0)
    press(page, page.get_by_role("main").get_by_role("link", name=re.compile("Wszystkie szkolenia")))
    expect(page).to_have_url(re.compile("/szkolenia/$"))


def test_whole_form_works_without_javascript(browse: Browse, training: TrainingPage) -> None:
    page = browse(java_script_enabled=False)
    page.goto(register_url(training))
    page.get_by_label("Imię", exact=True).fill("Ola")
    page.get_by_role("main").get_by_role("button", name="Zapisz się").click()
    expect(page.get_by_role("heading", name="Popraw błędy w formularzu")).to_be_visible()
    page.get_by_label("Nazwisko").fill("Kowalska")
    page.get_by_label("Adres e-mail").fill("ola@example.org")
    page.get_by_label("Instytucja", exact=True).select_option("inna")
    page.get_by_label("Nazwa innej instytucji").fill("Fundacja Razem")
    page.get_by_label("autem").check()
    page.get_by_label(re.compile("Klauzula informacyjna")).check()
    page.get_by_role("main").get_by_role("button", name="Zapisz się").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wysłaliśmy wiadomość. Sprawdź pocztę")
    page.goto(link_of_letter())
    page.get_by_role("button", name="Potwierdzam adres").click()
    expect(page.get_by_role("heading", name="Masz miejsce")).to_be_visible()
    page.get_by_role("link", name="Anuluj zgłoszenie").click()
    page.get_by_role("button", name="Tak, anuluj zgłoszenie").click()
    expect(page.get_by_role("heading", name="Zgłoszenie jest anulowane")).to_be_visible()
