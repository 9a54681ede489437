"""J41: version 2 takes effect; who had version 1 gets one message with the comparison, others none."""

import copy
import re
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from elearning.accounts.models import User
from library.models import DocumentPage, Holding, Subscription, VersionPage
from tests import make
from tests.browser.checks import fits, stop
from tests.browser.conftest import Browse
from tests.browser.steps import submit
from tests.library import documents

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LINK = re.compile(r"http\S+")
ARCHIVED = "To jest wersja archiwalna"
STOP = re.compile(r"^Nie wysyłaj mi powiadomień o\s+tym dokumencie$")


@pytest.fixture
def document(site: object) -> DocumentPage:
    """Its first version is in force for a month."""
    made = documents.document("Porozumienie o kooperacji", purpose="Wspólna praca z rodziną.")
    documents.version(made)
    call_command("announce_versions")
    return made


@pytest.fixture
def anna(site: object) -> User:
    return make.user("Anna", "Żółć-Śćibor", email="anna@example.org")


@pytest.fixture
def ewa(site: object) -> User:
    return make.user("Ewa", "Nowak", email="ewa@example.org")


def next_version(document: DocumentPage, words: str) -> VersionPage:
    """Published today, in force from tomorrow on."""
    parts: list[Any] = copy.deepcopy(documents.PARTS)
    parts[0]["value"]["text"] = words
    return documents.version(
        document, days=1, parts=parts, changes="Doprecyzowano miejsce zawarcia.", approved_by="Zespół prawny"
    )


def takes_effect(version: VersionPage) -> None:
    """Its day has come."""
    call_command("announce_versions")
    VersionPage.objects.filter(pk=version.pk).update(in_force_on=documents.day(0))
    call_command("announce_versions")
    call_command("announce_versions")


def letters() -> list[Any]:
    return list(mail.outbox)


def address(document: DocumentPage) -> str:
    return reverse("documents:document", args=[document.slug])


def download(page: Page, document: DocumentPage) -> None:
    page.goto(address(document))
    with page.expect_download():
        page.locator(f'a[href="{reverse("documents:file", args=[document.slug, "docx"])}"]').first.click()


def stop_on_a_phone(browse: Browse, link: str) -> None:
    """Without a session, as whoever reads the letter there."""
    phone = browse(width=320, height=640)
    phone.goto(link)
    stop(phone)
    assert not Subscription.objects.exclude(stopped_at=None).exists()
    phone.get_by_role("main").get_by_role("button", name=STOP).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Powiadomienia są wyłączone")
    stop(phone)


def test_who_had_version_1_is_told_once_and_stops_with_one_click(
    browse: Browse, document: DocumentPage, anna: User, ewa: User
) -> None:
    page, of_ewa, stranger = browse(anna), browse(ewa, width=320, height=640), browse()
    download(page, document)
    download(stranger, document)
    of_ewa.goto(address(document))  # looks, takes nothing
    assert list(Holding.objects.values_list("user__email", flat=True)) == [anna.email]
    expect(page.get_by_role("main")).not_to_contain_text(ARCHIVED)

    second = next_version(document, "Zawarte w siedzibie, w miejscowości **{{ miejsce }}**, dnia {{ data }}.")
    call_command("announce_versions")
    assert letters() == []
    takes_effect(second)

    [letter] = letters()
    assert letter.to == [anna.email]
    assert "Doprecyzowano miejsce zawarcia." in letter.body
    comparison, newest, end = LINK.findall(letter.body)
    assert letter.message()["List-Unsubscribe"].strip() == f"<{end}>"

    page.goto(comparison)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Porównanie wersji 1 i\s+2"))
    expect(page.locator("ins").filter(has_text="siedzibie")).to_be_visible()
    page.goto(newest)
    expect(page.get_by_role("main")).not_to_contain_text(ARCHIVED)
    page.goto(reverse("documents:version", args=[document.slug, "wersja-1"]))
    expect(page.get_by_role("main")).to_contain_text(ARCHIVED)

    stop_on_a_phone(browse, end)
    takes_effect(next_version(document, "Zawarte dnia {{ data }} w **{{ miejsce }}**."))
    assert len(letters()) == 1


def test_a_visitor_leaves_an_address_and_is_told_after_confirming(browse: Browse, document: DocumentPage) -> None:
    page = browse(width=320, height=640)
    page.goto(address(document))
    page.get_by_role("main").get_by_role("link", name="Powiadom mnie o zmianie").click()
    stop(page)
    submit(page, "Powiadom mnie o zmianie")
    expect(page.get_by_role("main")).to_contain_text("Podaj adres e-mail.")
    page.get_by_label("Adres e-mail").fill("ola@example.org")
    submit(page, "Powiadom mnie o zmianie")
    expect(page.get_by_text("Sprawdź pocztę.")).to_be_visible()
    fits(page)

    [asked] = letters()
    [link] = LINK.findall(asked.body)
    phone = browse(width=320, height=640)
    phone.goto(link)
    stop(phone)
    submit(phone, "Potwierdzam")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Powiadomienia są włączone")
    stop(phone)

    takes_effect(next_version(document, "Zawarte dnia {{ data }} w **{{ miejsce }}**."))
    _asked, told = letters()
    assert told.to == ["ola@example.org"]


def test_a_logged_in_person_follows_a_document_with_one_button(
    browse: Browse, document: DocumentPage, ewa: User
) -> None:
    page = browse(ewa)
    page.goto(address(document))
    submit(page, "Powiadom mnie o zmianie")
    expect(page.get_by_text("Powiadomimy Cię, gdy zacznie obowiązywać nowa wersja tego dokumentu.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Nie powiadamiaj mnie")).to_be_visible()
    takes_effect(next_version(document, "Zawarte dnia {{ data }} w **{{ miejsce }}**."))
    [told] = letters()
    assert told.to == [ewa.email]

    page.reload()
    submit(page, "Nie powiadamiaj mnie")
    takes_effect(next_version(document, "Zawarte: {{ data }}, {{ miejsce }}."))
    assert len(letters()) == 1
