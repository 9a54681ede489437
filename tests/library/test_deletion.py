"""A version that people have, or that is in force, is neither deleted nor taken off the site."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from library.holdings import in_force_among, taken_of
from library.models import DocumentPage, Form, Holding, How, Subscription, Usage, VersionPage
from tests import make
from tests.library import documents, editors

pytestmark = pytest.mark.django_db

BULK = "/redakcja/bulk/wagtailcore/page"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def editor(db: None) -> Client:
    return editors.browser_of(editors.person("Redakcja", email="maria@example.org"))


@pytest.fixture
def page(db: None) -> DocumentPage:
    """With an archived version, the one in force, and the next."""
    found = documents.document()
    for days in (-60, -30, 30):
        documents.version(found, days=days)
    return DocumentPage.objects.get(pk=found.pk)


def version(page: DocumentPage, number: int) -> VersionPage:
    return VersionPage.objects.child_of(page).get(number=number)


def take(found: VersionPage, *, times: int = 3) -> None:
    """Somebody took it, and visitors did so many times in all."""
    Holding.objects.create(user=make.user(), version=found, how=How.DOWNLOAD)
    Usage.objects.create(version=found, month=date(2026, 1, 1), how=How.DOWNLOAD, form=Form.DOCX, count=times)


def delete(client: Client, page: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def unpublish(client: Client, page: Page, **data: Any) -> Any:
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), data)


def is_live(page: Page) -> bool:
    return bool(Page.objects.get(pk=page.pk).live)


def test_what_people_have_is_explained_with_numbers(editor: Client, page: DocumentPage) -> None:
    archived = version(page, 1)
    take(archived)
    answer = delete(editor, archived)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "1&nbsp;osoba ma tę treść na koncie. Pobrano lub wypełniono ją 3&nbsp;razy." in text
    assert "Obowiązuje teraz" not in text
    answer = unpublish(editor, archived)
    assert answer.status_code == 409
    assert is_live(archived)


def test_what_is_in_force_stays(editor: Client, page: DocumentPage) -> None:
    current = version(page, 2)
    for answer in (delete(editor, current), unpublish(editor, current)):
        assert answer.status_code == 409
        assert "Obowiązuje teraz: Wersja 2." in answer.content.decode()
    assert is_live(current)


def test_what_is_announced_can_be_taken_back(editor: Client, page: DocumentPage) -> None:
    upcoming = version(page, 3)
    assert unpublish(editor, upcoming).status_code == 302
    assert not is_live(upcoming)
    assert delete(editor, upcoming).status_code == 302
    assert VersionPage.objects.count() == 2


def test_an_archived_one_that_nobody_has_can_go(editor: Client, page: DocumentPage) -> None:
    assert delete(editor, version(page, 1)).status_code == 302


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_nor_in_bulk(editor: Client, page: DocumentPage, action: str) -> None:
    other = version(page, 3)
    url = f"{BULK}/{action}/?id={version(page, 2).pk}&id={other.pk}"
    answer = editor.post(url, {"include_descendants": ""})
    assert answer.status_code == 409
    assert is_live(other)


def test_nor_with_the_document_or_the_library(editor: Client, page: DocumentPage) -> None:
    take(version(page, 1))
    Subscription.objects.create(document=page, email="ktos@example.org")
    for above in (page, page.get_parent()):
        answer = delete(editor, above)
        assert answer.status_code == 409
        assert "czeka 1&nbsp;osoba" in answer.content.decode()
    assert unpublish(editor, page, include_descendants="on").status_code == 409
    assert is_live(page)
    answer = editor.post(f"{BULK}/unpublish/?id={page.pk}", {"include_descendants": "on"})
    assert answer.status_code == 409
    assert VersionPage.objects.live().count() == 3


def test_a_document_is_taken_off_the_site_without_its_versions(editor: Client, page: DocumentPage) -> None:
    take(version(page, 1))
    assert unpublish(editor, page).status_code == 302
    assert not is_live(page)
    assert VersionPage.objects.live().count() == 3
    assert delete(editor, page).status_code == 409


def test_a_mistake_that_nobody_saw_can_be_undone(editor: Client) -> None:
    page = documents.document("Pomyłka")
    documents.version(page)
    assert delete(editor, page).status_code == 409
    unpublish(editor, page)
    assert delete(editor, page).status_code == 302
    assert not DocumentPage.objects.exists()


def test_versions_stay_with_their_document(editor: Client, page: DocumentPage) -> None:
    other = documents.document("Zgoda")
    found = version(page, 3)
    url = reverse("wagtailadmin_pages:move_confirm", args=[found.pk, other.pk])
    assert editor.post(url).status_code == 409
    answer = editor.post(f"{BULK}/move/?id={found.pk}", {"chooser": other.pk})
    assert answer.status_code == 409
    assert VersionPage.objects.child_of(page).count() == 3


def test_counting_takes_the_same_queries_for_many(page: DocumentPage, django_assert_num_queries: Any) -> None:
    for number in (1, 2, 3):
        take(version(page, number))
    with django_assert_num_queries(4):
        found = taken_of(page)
    assert (found.people, found.times) == (3, 9)
    with django_assert_num_queries(2):
        assert in_force_among(page) == ["Wersja 2"]
