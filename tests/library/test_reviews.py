"""Documents past the day of their review: who is reminded, and the list of each editor."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import GroupPagePermission

from elearning.accounts.models import User
from elearning.notifications.models import Message
from library import reviews
from library.models import DocumentPage
from library.timeline import is_due_for_review
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def owner(db: None) -> User:
    return make.user("Olga", "Właścicielska", email="olga@example.org")


@pytest.fixture
def document(owner: User) -> DocumentPage:
    """Was to be checked until yesterday."""
    return documents.document("Porozumienie", review_on=documents.day(-1), owner=owner)


def of_group(name: str, email: str, **fields: Any) -> User:
    person = make.user("Maria", "Redaktorska", email=email, **fields)
    person.groups.add(Group.objects.get(name=name))
    return person


def told() -> list[str]:
    return sorted(Message.objects.values_list("recipient", flat=True))


def test_the_owner_and_the_editors_are_told_where_to_look(document: DocumentPage, settings: Settings) -> None:
    settings.BASE_URL = "https://kooperacja.example.org"
    of_group("Redakcja", "maria@example.org")
    of_group("Redakcja", "dawna@example.org", is_active=False)
    of_group("Koordynacja", "koordynacja@example.org")
    assert reviews.remind(TODAY()) == 2
    assert told() == ["maria@example.org", "olga@example.org"]
    letter = Message.objects.get(recipient="olga@example.org")
    assert letter.subject == "Sprawdź dokument „Porozumienie”"
    assert letter.body.startswith("Dzień dobry, Olga!")
    assert settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[document.pk]) in letter.body
    assert letter.unsubscribe_url == ""


def test_editors_who_may_not_edit_it_are_not_told(document: DocumentPage) -> None:
    of_group("Redakcja", "maria@example.org")
    GroupPagePermission.objects.filter(group__name="Redakcja").delete()
    reviews.remind(TODAY())
    assert told() == ["olga@example.org"]


def test_nobody_is_told_twice_and_no_owner_is_no_fault(document: DocumentPage) -> None:
    editor = of_group("Redakcja", "maria@example.org")
    DocumentPage.objects.update(owner=editor)
    assert reviews.remind(TODAY()) == 1
    assert reviews.remind(documents.day(40)) == 0
    DocumentPage.objects.update(owner=None, review_on=documents.day(-2))
    assert reviews.remind(TODAY()) == 1
    User.objects.update(is_active=False)
    DocumentPage.objects.update(owner=editor, review_on=documents.day(-3))
    assert reviews.remind(TODAY()) == 0


@pytest.mark.parametrize(("days", "is_due"), [(-400, True), (-1, True), (0, False), (1, False), (None, False)])
def test_day_decides(owner: User, days: int | None, is_due: bool) -> None:
    day = None if days is None else documents.day(days)
    documents.document("Porozumienie", review_on=day, owner=owner)
    assert is_due_for_review(day, TODAY()) is is_due
    assert reviews.overdue(TODAY()).exists() is is_due
    assert reviews.remind(TODAY()) == (1 if is_due else 0)


def test_another_day_is_another_letter(document: DocumentPage) -> None:
    assert reviews.remind(TODAY()) == 1
    DocumentPage.objects.update(review_on=documents.day(10))
    assert reviews.remind(documents.day(10)) == 0
    assert reviews.remind(documents.day(11)) == 1


def test_drafts_need_no_review(owner: User) -> None:
    documents.document("Projekt", live=False, review_on=documents.day(-1), owner=owner)
    assert reviews.remind(TODAY()) == 0


def test_list_holds_what_its_reader_may_edit(document: DocumentPage, owner: User, learner: User) -> None:
    older = documents.document("Starszy", review_on=documents.day(-9))
    documents.document("Aktualny", review_on=documents.day(9))
    editor = of_group("Redakcja", "maria@example.org")
    assert list(reviews.due_for_review(editor, TODAY())) == [older, document]
    assert list(reviews.due_for_review(learner, TODAY())) == []
    assert list(reviews.due_for_review(of_group("Koordynacja", "k@example.org"), TODAY())) == []


def test_list_takes_no_more_queries_for_more_documents(
    document: DocumentPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    editor = of_group("Redakcja", "maria@example.org")
    for number in range(5):
        documents.document(f"Dokument {number}", review_on=documents.day(-number))
    with django_assert_max_num_queries(3):
        assert len(reviews.due_for_review(editor, TODAY())) == 5


def test_nightly_command_reminds_once(document: DocumentPage, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("document_reviews")
    call_command("document_reviews")
    assert capsys.readouterr().out == "Nowe wiadomości: 1.\nNowe wiadomości: 0.\n"
