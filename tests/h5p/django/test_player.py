"""The page in the frame, and the page around it."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from elearning.accounts.models import User
from h5p.django import tokens
from h5p.django.models import Attempt, ContentVersion, Library
from h5p.django.playing import player_context
from h5p.django.results import Activity
from h5p.policies import CompletionPolicy
from tests.h5p.django import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.h5p.django.urls")]


def address(version: ContentVersion, *, is_preview: bool = False) -> str:
    return f"/h5p/player/{tokens.sign(tokens.Grant(version.pk, is_preview), now=timezone.now())}/"


def directives(policy: str) -> dict[str, str]:
    return dict(part.partition(" ")[::2] for part in policy.split("; "))


def test_the_page_in_the_frame_holds_the_content_and_nobody(
    as_learner: Client, learner: User, client: Client, django_assert_max_num_queries: Callable
) -> None:
    version = make.version(make.library("H5P.First", files={"first.js": "1"}), make.library())
    client.get(address(version))  # makes the bundles
    with django_assert_max_num_queries(2):
        anonymous = client.get(address(version))
    mine = as_learner.get(address(version))
    assert mine.status_code == 200
    assert mine.content == anonymous.content
    page = mine.content.decode()
    assert learner.email not in page
    assert "H5P.TestCard 1.0" in page
    assert "Zamknij pe\\u0142ny ekran" in page  # words of the core, as JSON
    assert not mine.cookies
    assert "Cookie" not in mine.get("Vary", "")


def test_the_frame_is_sandboxed_and_loads_only_what_is_its_own(client: Client) -> None:
    version = make.version()
    response = client.get(address(version))
    rules = directives(response["Content-Security-Policy"])
    assert rules["sandbox"] == "allow-scripts allow-downloads allow-modals"
    assert rules["default-src"] == rules["form-action"] == rules["frame-src"] == "'none'"
    assert rules["frame-ancestors"] == "'self'"
    for name in ("script-src", "connect-src", "img-src", "media-src", "font-src", "style-src"):
        assert "'self'" not in rules[name]
        assert "http://testserver/h5p/lib/" in rules[name]
        assert not re.search(r"http://testserver/(h5p/)?(\s|$)", rules[name])
    assert "X-Frame-Options" not in response
    assert response["Referrer-Policy"] == "no-referrer"


def test_the_frame_has_no_script_of_its_own_in_the_page(client: Client) -> None:
    attack = "</script><script>alert(1)</script>"
    version = make.version(params={"text": attack}, title=attack)
    page = client.get(address(version)).content.decode()
    assert "alert(1)</script>" not in page
    for attributes, inside in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes, inside


def test_a_page_that_is_no_frame_is_refused(client: Client) -> None:
    refused = client.get(address(make.version()), headers={"Sec-Fetch-Dest": "document"})
    assert refused.status_code == 403
    assert (
        client.get(address(make.version(make.library("H5P.B"))), headers={"Sec-Fetch-Dest": "iframe"}).status_code
        == 200
    )


def test_an_address_that_is_over_or_wrong_is_not_found(client: Client) -> None:
    version = make.version()
    old = tokens.sign(tokens.Grant(version.pk), now=timezone.now() - timedelta(days=2))
    gone = tokens.sign(tokens.Grant(version.pk + 1), now=timezone.now())
    assert [client.get(f"/h5p/player/{token}/").status_code for token in (old, gone, "x")] == [404, 404, 404]


def test_learners_wait_for_consent_and_authors_preview(client: Client) -> None:
    version = make.version(make.library(trust=Library.Trust.QUARANTINED))
    assert client.get(address(version)).status_code == 403
    assert client.get(address(version, is_preview=True)).status_code == 200
    assert player_context(version)["refusal"]
    assert not player_context(version, is_preview=True)["refusal"]


def test_a_blocked_library_plays_for_nobody(client: Client) -> None:
    version = make.version(make.library(trust=Library.Trust.BLOCKED))
    response = client.get(address(version, is_preview=True))
    assert response.status_code == 403
    assert directives(response["Content-Security-Policy"])["sandbox"]


def test_other_sites_embed_only_what_is_open_to_them(client: Client) -> None:
    version = make.version()
    content = version.content
    public = f"/h5p/public/{content.key}/"
    assert client.get(public).status_code == 404
    content.embed_allowed = True
    content.save()
    response = client.get(public)
    assert response.status_code == 200
    rules = directives(response["Content-Security-Policy"])
    assert rules["frame-ancestors"] == "*"
    assert "allow-same-origin" not in rules["sandbox"]
    assert client.get(f"/h5p/public/{uuid4()}/").status_code == 404


def test_the_core_is_served_to_frames(client: Client) -> None:
    response = client.get("/h5p/core/styles/h5p.css")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    response.close = lambda: None  # type: ignore[method-assign]
    assert b"@font-face" in response.getvalue()
    for path in ("main.bundle.js", "styles/none.css", "styles/../../package.json"):
        assert client.get(f"/h5p/core/{path}").status_code in {400, 404}


@pytest.fixture
def activity() -> Activity:
    return Activity(uuid4(), make.version().pk, "Ćwiczenie", CompletionPolicy.PASSED)


def begun(user: User, activity: Activity, version: ContentVersion, number: int = 1) -> Attempt:
    return Attempt.objects.create(
        user=user,
        activity=activity.key,
        version=version,
        key=uuid4(),
        number=number,
        title="Ćwiczenie",
        started_at=timezone.now(),
    )


def test_whoever_is_in_the_middle_of_an_older_version_keeps_it(learner: User, activity: Activity) -> None:
    older = ContentVersion.objects.get()
    attempt = begun(learner, activity, older)
    newer = make.version(older.main_library, content=older.content)
    known = {"activity": activity, "user": learner, "save_url": "/x/"}

    mine = player_context(newer, **known)
    assert (mine["version_id"], mine["attempt"]) == (older.pk, attempt.key)
    assert mine["newer_url"] == f"?h5p={activity.key}"

    asked = player_context(newer, newest=True, **known)
    assert (asked["version_id"], asked["newer_url"]) == (newer.pk, "")
    assert asked["attempt"] != attempt.key

    Attempt.objects.update(finished_at=timezone.now())
    assert player_context(newer, **known)["version_id"] == newer.pk


def test_a_player_of_a_person_costs_three_queries(
    learner: User, colleague: User, activity: Activity, django_assert_max_num_queries: Callable
) -> None:
    version = ContentVersion.objects.select_related("content").get()
    for number in (1, 2, 3):
        begun(learner, activity, version, number)
    begun(colleague, activity, version)
    with django_assert_max_num_queries(3):
        shown = player_context(version, activity=activity, user=learner, save_url="/x/")
    assert shown["title"] == "Ćwiczenie"


def test_without_an_activity_nothing_is_kept() -> None:
    shown = player_context(make.version())
    assert "save_url" not in shown
    assert "person" not in shown
