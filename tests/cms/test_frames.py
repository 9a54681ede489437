"""Where frames may lead: in the admin nowhere but to our own pages, and a player's own rules stay as they are."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from elearning.cms.middleware import AdminFramesMiddleware
from tests import make

POLICY = "Content-Security-Policy"


@pytest.mark.django_db
def test_frames_in_the_admin_stay_at_home(client: Client, settings: object) -> None:
    settings.STAFF_SECOND_FACTOR = False  # type: ignore[attr-defined]
    client.force_login(make.user("Red", email="red@example.org", is_staff=True, is_superuser=True))

    assert client.get("/redakcja/")[POLICY] == "frame-src 'self'"


def test_a_policy_that_is_there_and_other_pages_are_left_alone() -> None:
    def player(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={POLICY: "sandbox"})

    kept = AdminFramesMiddleware(player)(RequestFactory().get("/redakcja/h5p/1/preview/"))
    assert kept[POLICY] == "sandbox"
    page = AdminFramesMiddleware(lambda request: HttpResponse())(RequestFactory().get("/kursy/"))
    assert POLICY not in page
