"""A film without captions does not go live, whichever way somebody tries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from elearning.accounts.models import User
from media.models import FilmPage
from media.publishing import NotPublishable
from tests import make
from tests.media import films

pytestmark = pytest.mark.django_db

WITHOUT = "Dodaj napisy. Bez napisów można opublikować tylko nagranie"
TOO_LATE = "Dodaj napisy. W\xa0dniu publikacji mija już więcej"
BULK = "/redakcja/bulk/wagtailcore/page/publish/"


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def fresh(page: Page) -> FilmPage:
    return FilmPage.objects.get(pk=page.pk)


@pytest.fixture
def silent(db: None) -> FilmPage:
    """A draft without captions."""
    return films.film(vtt="")


def test_a_film_with_captions_is_published(editor: Client) -> None:
    page = films.film()
    films.save(editor, page, "publish")
    assert fresh(page).live


def test_a_film_without_captions_is_not_published(editor: Client, silent: FilmPage) -> None:
    answer = films.save(editor, silent, "publish", title="Inny tytuł")
    text = answer.content.decode()
    assert WITHOUT in text
    assert "Inny tytuł" in text
    assert not fresh(silent).live
    assert fresh(silent).title != "Inny tytuł"


def test_its_draft_is_saved(editor: Client, silent: FilmPage) -> None:
    films.save(editor, silent, title="Inny tytuł")
    assert fresh(silent).title == "Inny tytuł"


def test_a_published_film_does_not_lose_its_captions(editor: Client) -> None:
    page = films.film()
    films.save(editor, page, "publish")
    row = fresh(page).tracks.get()
    gone = [films.track(id=row.pk, vtt=row.vtt, DELETE="1")]
    assert WITHOUT in films.save(editor, fresh(page), "publish", tracks=gone).content.decode()
    assert fresh(page).has_captions
    films.save(editor, fresh(page), tracks=gone)
    assert fresh(page).has_captions
    assert not fresh(page).get_latest_revision_as_object().has_captions


@pytest.mark.parametrize("kind", ["subtitles", "descriptions"])
def test_translations_are_no_captions(editor: Client, silent: FilmPage, kind: str) -> None:
    rows = [films.track(kind=kind, vtt=films.VTT)]
    assert WITHOUT in films.save(editor, silent, "publish", tracks=rows).content.decode()
    assert not fresh(silent).live


def test_an_empty_row_is_told_at_its_field(editor: Client, silent: FilmPage) -> None:
    answer = films.save(editor, silent, "publish", tracks=[films.track(language="uk")])
    form = answer.context["form"].formsets["tracks"].forms[0]
    assert "Wybierz plik" in form.errors["upload"][0]
    assert not fresh(silent).live


@pytest.mark.parametrize(("days", "may"), [(0, True), (10, True), (14, True), (15, False), (400, False)])
def test_a_live_recording_may_wait_fourteen_days(editor: Client, silent: FilmPage, days: int, may: bool) -> None:
    answer = films.save(editor, silent, "publish", recorded_live_on=ago(days))
    assert fresh(silent).live is may
    assert (TOO_LATE in answer.content.decode()) is not may


def test_a_day_in_the_future_gives_no_grace(editor: Client, silent: FilmPage) -> None:
    answer = films.save(editor, silent, "publish", recorded_live_on=ago(-1))
    assert "Ten dzień jest w\xa0przyszłości" in answer.content.decode()
    assert not fresh(silent).live


def test_the_day_of_going_live_counts(editor: Client, silent: FilmPage) -> None:
    later = timezone.localtime() + timedelta(days=10)
    for days, may in ((5, False), (4, True)):
        films.save(editor, silent, "publish", recorded_live_on=ago(days), go_live_at=f"{later:%Y-%m-%d %H:%M}")
        assert fresh(silent).revisions.filter(approved_go_live_at__isnull=False).exists() is may
    assert not fresh(silent).live


def test_nothing_without_captions_is_scheduled(editor: Client, silent: FilmPage) -> None:
    later = timezone.localtime() + timedelta(days=2)
    answer = films.save(editor, silent, "publish", go_live_at=f"{later:%Y-%m-%d %H:%M}")
    assert WITHOUT in answer.content.decode()
    assert not fresh(silent).revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_was_scheduled_goes_live_even_a_day_late(editor: Client, silent: FilmPage) -> None:
    later = timezone.localtime() + timedelta(days=2)
    films.save(editor, silent, "publish", recorded_live_on=ago(12), go_live_at=f"{later:%Y-%m-%d %H:%M}")
    revision = fresh(silent).revisions.get(approved_go_live_at__isnull=False)
    # Three days have passed: the worker was down on the last day of the grace.
    past = timezone.now() - timedelta(hours=1)
    revision.content |= {"recorded_live_on": str(ago(15)), "go_live_at": past.isoformat()}
    revision.approved_go_live_at = past
    revision.save()
    call_command("publish_scheduled")
    assert fresh(silent).live


def test_one_film_of_several_holds_them_all_back(editor: Client, silent: FilmPage) -> None:
    good = films.film("Z napisami")
    answer = editor.post(f"{BULK}?id={good.pk}&id={silent.pk}", {"include_descendants": ""})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert silent.title in text
    assert WITHOUT in text
    assert "Popraw film „Z napisami”" not in text
    assert not fresh(good).live


def test_several_films_are_published_at_once(editor: Client) -> None:
    pages = [films.film(f"Film {number}") for number in range(2)]
    editor.post(f"{BULK}?id={pages[0].pk}&id={pages[1].pk}", {"include_descendants": ""})
    assert all(fresh(page).live for page in pages)


def test_nor_together_with_the_library(editor: Client, silent: FilmPage) -> None:
    index = silent.get_parent()
    answer = editor.post(f"{BULK}?id={index.pk}", {"include_descendants": "on"})
    assert answer.status_code == 409
    assert not fresh(silent).live
    assert editor.post(f"{BULK}?id={index.pk}", {"include_descendants": ""}).status_code == 302


def test_films_that_are_on_the_site_hold_no_library_back(editor: Client) -> None:
    late = films.film(vtt="", live=True, recorded_live_on=ago(20))
    draft = films.film("Szkic z napisami")
    answer = editor.post(f"{BULK}?id={late.get_parent().pk}", {"include_descendants": "on"})
    assert answer.status_code == 302
    assert fresh(draft).live


def test_a_copy_of_an_overdue_film_is_not_published(editor: Client) -> None:
    page = films.film(vtt="", live=True, recorded_live_on=ago(20))
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": page.get_parent().pk}
    for way in ("publish_copies", "alias"):
        answer = editor.post(url, {**data, way: "on"})
        assert answer.status_code == 409, way
    assert FilmPage.objects.count() == 1
    editor.post(url, data)
    assert not FilmPage.objects.get(slug="kopia").live


@pytest.fixture
def author(db: None) -> User:
    return films.person("Autorki i autorzy", email="autorka@example.org")


def test_nor_is_it_submitted_to_moderation(author: User, silent: FilmPage) -> None:
    FilmPage.objects.update(owner=author)
    client = films.browser_of(author)
    assert WITHOUT in films.save(client, silent, "submit").content.decode()
    assert fresh(silent).current_workflow_state is None
    films.save(client, silent, "submit", recorded_live_on=ago(3))
    assert fresh(silent).current_workflow_state is not None


@pytest.fixture
def submitted(author: User) -> FilmPage:
    """A recording without captions in moderation, whose grace has passed since."""
    page = films.film(vtt="", recorded_live_on=ago(20), owner=author)
    Workflow.objects.get(name="Akceptacja redakcji").start(page, author)
    return fresh(page)


def decide(client: Client, page: FilmPage, action: str, **headers: str) -> Any:
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": ""}, headers=headers)


def test_moderation_approves_no_film_without_captions(editor: Client, submitted: FilmPage) -> None:
    answer = decide(editor, submitted, "approve")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert TOO_LATE in editor.get(answer.url).content.decode()
    in_a_dialog = decide(editor, submitted, "approve", **{"x-requested-with": "XMLHttpRequest"})
    assert in_a_dialog.json()["redirect"] == answer.url
    assert not fresh(submitted).live
    assert fresh(submitted).current_workflow_state is not None


def test_nor_in_the_form_of_the_film(editor: Client, submitted: FilmPage) -> None:
    data = {**films.form(submitted), "action-workflow-action": "true", "workflow-action-name": "approve"}
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), data)
    assert TOO_LATE in answer.content.decode()
    assert not fresh(submitted).live


@pytest.mark.parametrize("way", ["list", "form"])
def test_moderation_can_send_it_back(editor: Client, submitted: FilmPage, way: str) -> None:
    if way == "list":
        decide(editor, submitted, "reject")
    else:
        data = {**films.form(submitted), "action-workflow-action": "true", "workflow-action-name": "reject"}
        editor.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), data)
    assert fresh(submitted).current_workflow_state.status == "needs_changes"


def test_moderation_approves_a_film_with_captions(editor: Client, author: User) -> None:
    page = films.film(owner=author)
    Workflow.objects.get(name="Akceptacja redakcji").start(page, author)
    decide(editor, fresh(page), "approve")
    assert fresh(page).live


def test_nor_does_code_publish_it(silent: FilmPage) -> None:
    with pytest.raises(NotPublishable, match="Dodaj napisy"):
        make.publish(silent)
    assert not fresh(silent).live


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"video": ""}, "video", "Wybierz plik filmu"),
        ({"external_url": "https://vimeo.com/76979871"}, "external_url", "Zostaw plik filmu albo adres"),
        ({"video": "", "external_url": "https://vimeo.com/76979871"}, "external_minutes", "ile minut"),
    ],
)
def test_a_film_needs_exactly_one_source(editor: Client, fields: dict[str, str], field: str, text: str) -> None:
    page = films.film()
    answer = films.save(editor, page, "publish", **fields)
    assert text in answer.context["form"].errors[field][0]
    assert not fresh(page).live
    films.save(editor, page, **fields)
    assert fresh(page).external_url == fields.get("external_url", "")


def test_the_library_is_listed_in_the_admin(editor: Client, django_assert_max_num_queries: Any) -> None:
    pages = [films.film(f"Film {number}") for number in range(3)]
    url = reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk])
    editor.get(url)
    with django_assert_max_num_queries(45):
        text = editor.get(url).content.decode()
    assert all(page.title in text for page in pages)
