"""Who opens a document, its versions and files: the stranger, learners, editors and the administrator."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction

from elearning.accounts.models import User
from library import access
from library.models import DocumentPage, VersionPage
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def document() -> DocumentPage:
    return documents.document(slug="porozumienie")


@pytest.fixture
def version(document: DocumentPage) -> VersionPage:
    return documents.version(document)


@pytest.fixture
def editor(db: None) -> User:
    """Edits every page of the site."""
    person = make.user("Maria", "Redaktorska")
    person.groups.add(Group.objects.get(name="Redakcja"))
    return person


@pytest.fixture
def regional(db: None) -> User:
    """An editor of another branch of the site."""
    person = make.user("Ela", "Zachodnia", is_staff=True)
    group = Group.objects.create(name="Redakcja zachodnia")
    branch = make.course("Kurs zachodni")
    for action in ("change", "publish"):
        GroupPagePermission.objects.create(group=group, page=branch, permission_type=action)
    person.groups.add(group)
    return person


def browser_of(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def addresses(document: DocumentPage, version: VersionPage) -> list[str]:
    """Everything that shows or gives a version."""
    names = [document.slug, version.slug]
    return [
        reverse("documents:document", args=names[:1]),
        reverse("documents:version", args=names),
        reverse("documents:file", args=[*names[:1], "docx"]),
        reverse("documents:version_file", args=[*names, "docx"]),
    ]


def statuses(person: User | None, document: DocumentPage, version: VersionPage) -> list[int]:
    client = browser_of(person)
    return [client.get(address).status_code for address in addresses(document, version)]


def restrict(page: Any, kind: str, *groups: Group) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    restriction.groups.set(groups)


def test_a_published_document_is_for_everybody(document: DocumentPage, version: VersionPage, learner: User) -> None:
    for person in (None, learner):
        assert statuses(person, document, version) == [200] * 4
    assert access.may_open(AnonymousUser(), document)
    assert access.may_take(AnonymousUser(), document, version)


def test_a_draft_is_for_those_who_edit_it(
    document: DocumentPage, version: VersionPage, learner: User, regional: User, editor: User, administrator: User
) -> None:
    document.unpublish()
    for person in (None, learner, regional):
        assert statuses(person, document, version) == [404] * 4
    for person in (editor, administrator):
        assert statuses(person, document, version) == [200] * 4


def test_a_document_for_a_group_is_closed_to_others(
    document: DocumentPage, version: VersionPage, learner: User, regional: User, editor: User, administrator: User
) -> None:
    """A link that somebody forwarded leads to a page that offers to log in."""
    team, member = Group.objects.create(name="Zespół"), make.user()
    member.groups.add(team)
    restrict(document, "groups", team)
    for person in (None, learner, regional):
        assert statuses(person, document, version) == [403] * 4
    for person in (member, editor, administrator):
        assert statuses(person, document, version) == [200] * 4
    page = Client().get(addresses(document, version)[2]).content.decode()
    assert "Zaloguj się" in page
    assert "next=/dokumenty/porozumienie/-/plik/docx/" in page


@pytest.mark.parametrize("kind", ["login", "password"])
def test_a_shelf_for_people_with_an_account(
    document: DocumentPage, version: VersionPage, learner: User, kind: str
) -> None:
    """A password opens for nobody: an account or a group does."""
    restrict(document.get_parent(), kind)
    assert statuses(None, document, version) == [403] * 4
    assert statuses(learner, document, version) == [200 if kind == "login" else 403] * 4


def test_a_single_version_may_be_closed(document: DocumentPage, version: VersionPage, learner: User) -> None:
    restrict(version, "login")
    assert statuses(None, document, version) == [200, 403, 403, 403]
    assert statuses(learner, document, version) == [200] * 4
    assert "Pusty druk" not in Client().get(addresses(document, version)[0]).content.decode()


def test_a_version_is_taken_from_its_day_on_but_by_its_editors(
    document: DocumentPage, learner: User, regional: User, editor: User, administrator: User
) -> None:
    upcoming = documents.version(document, days=1)
    for person in (AnonymousUser(), learner, regional):
        assert not access.may_take(person, document, upcoming)
        assert access.may_open(person, document)
    for person in (editor, administrator):
        assert access.may_take(person, document, upcoming)
    assert statuses(None, document, upcoming) == [200, 200, 403, 403]
    assert statuses(editor, document, upcoming) == [200] * 4


def test_somebody_who_left_edits_nothing(document: DocumentPage, editor: User) -> None:
    assert access.may_edit(editor, document)
    editor.is_active = False
    assert not access.may_edit(editor, document)
