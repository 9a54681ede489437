"""What every view of a document starts from."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from library.models import DocumentPage, VersionPage
from library.timeline import State
from library.visits import Visit, visit, visit_of, with_draft
from tests.library import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> DocumentPage:
    """In force since yesterday in its second version; a third is announced."""
    page = documents.document(slug="porozumienie")
    documents.version(page, days=-30)
    documents.version(page, days=-1)
    documents.version(page, days=5)
    return page


def asked_by(user: Any = None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    return request


def visited(document: DocumentPage) -> Visit:
    return visit(asked_by(), document.slug)


def test_a_visit_knows_which_version_is_in_force(document: DocumentPage, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        found = visited(document)
    assert (found.current, found.upcoming) == (found.version("wersja-2"), found.version("wersja-3"))
    assert found.version(None) == found.current
    assert [state for _version, state in found.all_versions()] == [State.UPCOMING, State.CURRENT, State.ARCHIVED]
    assert found.before(found.version("wersja-2")) == found.version("wersja-1")
    assert found.before(found.version("wersja-1")) is None


def test_there_is_no_version_that_nobody_published(document: DocumentPage) -> None:
    documents.version(document, live=False)
    for slug in ("wersja-4", "inna"):
        with pytest.raises(Http404):
            visited(document).version(slug)


def test_before_the_first_day_nothing_is_in_force() -> None:
    page = documents.document()
    documents.version(page, days=1)
    found = visited(page)
    assert found.current is None
    with pytest.raises(Http404):
        found.version(None)


def test_a_document_that_is_not_there_is_not_found(document: DocumentPage) -> None:
    with pytest.raises(Http404):
        visit(asked_by(), "nie-ma-takiego")
    draft = documents.document("Szkic", live=False)
    with pytest.raises(Http404):
        visited(draft)


def test_a_closed_document_says_so(document: DocumentPage, learner: Any) -> None:
    PageViewRestriction.objects.create(page=document, restriction_type="login")
    with pytest.raises(PermissionDenied, match="udostępniono"):
        visited(document)
    assert visit(asked_by(learner), document.slug).document == document


def test_a_draft_stands_among_the_published_versions_in_its_preview(document: DocumentPage) -> None:
    found = visit_of(AnonymousUser(), document)
    draft = VersionPage(title="Wersja 4", number=4, in_force_on=documents.day(0))
    shown = with_draft(found, draft)
    assert (shown.current, shown.state_of(draft)) == (draft, State.CURRENT)
    changed = found.version("wersja-2")
    changed.in_force_on = documents.day(90)
    assert with_draft(found, changed).state_of(changed) is State.UPCOMING
    assert len(with_draft(found, changed).all_versions()) == 3
