"""A film that somebody watched is not deleted: the editor is told and may unpublish it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from media.holdings import viewing_of
from media.models import FilmPage, Watch
from tests import make
from tests.media import films

pytestmark = pytest.mark.django_db

BULK = "/redakcja/bulk/wagtailcore/page/delete/"


def watch(page: FilmPage, *, minutes: int = 3) -> Watch:
    """Somebody who watched so much of it."""
    return Watch.objects.create(user=make.user(), film=page, watched=minutes * 60_000, counted_at=timezone.now())


@pytest.fixture
def watched(db: None) -> FilmPage:
    """A published film that two people watched."""
    page = films.film("Oglądany", live=True)
    watch(page)
    watch(page)
    return page


def delete(client: Client, page: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def test_it_is_explained_with_numbers(editor: Client, watched: FilmPage) -> None:
    url = reverse("wagtailadmin_pages:delete", args=[watched.pk])
    for answer in (editor.get(url), editor.post(url)):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Oglądanie zapisano 2&nbsp;osobom, razem 6&nbsp;minut." in text
        assert reverse("wagtailadmin_pages:unpublish", args=[watched.pk]) in text
    assert FilmPage.objects.filter(pk=watched.pk).exists()


def test_nor_in_bulk(editor: Client, watched: FilmPage) -> None:
    spare = films.film("Zbędny")
    answer = editor.post(f"{BULK}?id={watched.pk}&id={spare.pk}")
    assert answer.status_code == 409
    assert "Oglądany" in answer.content.decode()
    assert "Zbędny" not in answer.content.decode()
    assert FilmPage.objects.count() == 2


def test_nor_with_the_library(editor: Client, watched: FilmPage) -> None:
    watch(films.film("Drugi", live=True), minutes=1)
    library = watched.get_parent()
    answer = delete(editor, library)
    assert answer.status_code == 409
    assert (
        "2&nbsp;filmy na podstronach. Oglądanie zapisano 3&nbsp;osobom, razem 7&nbsp;minut." in answer.content.decode()
    )
    assert editor.post(f"{BULK}?id={library.pk}").status_code == 409
    assert FilmPage.objects.count() == 2


def test_unpublishing_keeps_what_was_watched(editor: Client, watched: FilmPage) -> None:
    editor.post(reverse("wagtailadmin_pages:unpublish", args=[watched.pk]))
    assert not FilmPage.objects.get().live
    assert Watch.objects.count() == 2
    assert "nie ma już na stronie" in delete(editor, watched).content.decode()


def test_what_nobody_watched_is_deleted(editor: Client, watched: FilmPage) -> None:
    spare = films.film("Zbędny", live=True)
    assert delete(editor, spare).status_code == 302
    assert list(FilmPage.objects.values_list("title", flat=True)) == ["Oglądany"]


def test_counting_takes_one_query(watched: FilmPage, django_assert_num_queries: Any) -> None:
    films.film("Drugi")
    library = watched.get_parent()
    with django_assert_num_queries(1):
        assert viewing_of(library).people == 2
