"""J17: a certificate for a name of 60 characters, whose bytes never change, and that anyone can verify."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from courses.models import CoursePage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.records import certificates
from elearning.records.models import Certificate
from elearning.records.views.certificates import TRIES
from tests import make, pdf
from tests.browser import k1
from tests.browser.checks import stop
from tests.browser.conftest import Browse

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

FIRST, LAST = "Świętosława Wawrzyńczysława", "Brzęczyszczykiewicz-Źdźbłowąsowa"
NAME = f"{FIRST} {LAST}"
WRONG_CODE = "BBBB-CCCC-DDDD"


@pytest.fixture
def course(site: object) -> CoursePage:
    return k1.build()


@pytest.fixture
def holder(course: CoursePage) -> User:
    """A person with a name of 60 characters, who completed K1 with 80 %."""
    person = make.user(FIRST, LAST, email="swietoslawa@example.org", institution=make.institution())
    person.function = "pracownica socjalna"
    person.save(update_fields=["function"])
    make.complete(make.enrolment(person, course), outline_of(course))
    return person


@pytest.fixture
def certificate(holder: User) -> Certificate:
    return Certificate.objects.get(user=holder)


def download(page: Page) -> bytes:
    page.goto("/panel/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Pobierz zaświadczenie")).click()
    name = waiting.value.suggested_filename
    assert name.endswith(".pdf")
    return Path(waiting.value.path()).read_bytes()


def verify(page: Page, code: str) -> None:
    page.goto("/zaswiadczenia/")
    page.get_by_role("main").get_by_role("textbox").fill(code)
    page.get_by_role("main").get_by_role("button", name="Zweryfikuj zaświadczenie").click()


def test_the_long_name_is_printed_right(holder: User, certificate: Certificate, browse: Browse) -> None:
    assert len(NAME) == 60
    printed = pdf.words(download(browse(holder)))
    for fact in (NAME, k1.TITLE, "80%", certificate.number, certificate.code, "Podstawy", "Praktyka", "Rzeszów"):
        assert fact.replace(" ", "") in printed, f"{fact} is not in {printed}"


def test_a_new_name_changes_no_byte_of_the_old_file(holder: User, certificate: Certificate, browse: Browse) -> None:
    page = browse(holder)
    before = download(page)
    page.goto("/konto/")
    page.get_by_label("Nazwisko").fill("Nowak")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Zapisz")).click()
    expect(page.locator(".messages")).to_contain_text("Zapisano")
    holder.refresh_from_db()
    assert holder.last_name == "Nowak"
    after = download(page)
    assert after == before
    assert sha256(after).hexdigest() == Certificate.objects.get().sha256
    assert NAME.replace(" ", "") in pdf.words(after)


def test_anyone_sees_every_printed_fact_and_no_more(
    holder: User, certificate: Certificate, page: Page, browse: Browse
) -> None:
    printed = pdf.words(download(browse(holder)))
    page.goto("/zaswiadczenia/")
    stop(page)
    verify(page, certificate.code.lower().replace("-", " "))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Zaświadczenie jest ważne")
    stop(page)
    facts = certificate.facts
    shown = [NAME, k1.TITLE, certificate.number, "80%", *facts["programme"], facts["organiser"], facts["place"]]
    for fact in [*shown, facts["signatory_name"], facts["signatory_function"]]:
        expect(main).to_contain_text(fact)
        assert fact.replace(" ", "") in printed
    for secret in (holder.email, holder.function, "PCPR w Przykładowie"):
        expect(main).not_to_contain_text(secret)
    expect(main.get_by_role("link", name=re.compile("^Pobierz"))).to_have_count(0)


@pytest.mark.parametrize("code", [WRONG_CODE, "nie kod", "'; DROP TABLE"])
def test_a_wrong_code_says_nothing_and_keeps_what_was_typed(certificate: Certificate, page: Page, code: str) -> None:
    verify(page, code)
    field = page.get_by_role("main").get_by_role("textbox")
    expect(field).to_have_value(code)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("main")).not_to_contain_text("Zaświadczenie jest ważne")
    stop(page)


def test_guessing_codes_is_limited(certificate: Certificate, page: Page) -> None:
    for _ in range(3):  # the limit's window of time may end between the last guess and the next look
        statuses = [page.request.get(f"/zaswiadczenia/{WRONG_CODE}/").status for _ in range(2 * TRIES + 1)]
        assert set(statuses) == {404, 429}
        answer = page.goto(f"/zaswiadczenia/{certificate.code}/")
        if answer is not None and answer.status == 429:
            break
    expect(page).to_have_title(re.compile("Za dużo|Zbyt wiele|Odczekaj", re.IGNORECASE))
    expect(page.get_by_role("main")).not_to_contain_text(LAST)
    stop(page)


def test_a_revoked_one_says_so(editor: User, certificate: Certificate, page: Page) -> None:
    certificates.revoke(certificate, by=editor, reason="Pomyłka w danych")
    verify(page, certificate.code)
    expect(page.get_by_role("main")).to_contain_text("unieważnione")
    expect(page.get_by_role("main")).not_to_contain_text("jest ważne")
    expect(page.get_by_role("main")).not_to_contain_text("Pomyłka w danych")
    stop(page)


def test_an_unpublished_course_still_verifies_and_downloads(
    course: CoursePage, holder: User, certificate: Certificate, page: Page, browse: Browse
) -> None:
    mine = browse(holder)
    before = download(mine)
    course.unpublish()
    verify(page, certificate.code)
    expect(page.get_by_role("main")).to_contain_text("Zaświadczenie jest ważne")
    expect(page.get_by_role("main")).to_contain_text(k1.TITLE)
    assert download(mine) == before


def test_a_replacement_gets_a_new_number_and_the_old_one_says_so(
    editor: User, certificate: Certificate, page: Page
) -> None:
    new = certificates.replace(certificate, by=editor, corrections={"name": "Świętosława Nowak"})
    verify(page, certificate.code)
    expect(page.get_by_role("main")).to_contain_text("nieważne")
    verify(page, new.code)
    expect(page.get_by_role("main")).to_contain_text("Świętosława Nowak")
    assert new.number != certificate.number
