"""Which films use a video, and what becomes of their history when it is gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision

from media import videos
from media.models import FilmPage, Video
from media.uses import films_using, titles_by_video
from tests.media import films

pytestmark = pytest.mark.django_db


def change(film: FilmPage, *, video: Video | None, **fields: object) -> Revision:
    """A draft of a film with another video."""
    film.video = video
    revision: Revision = film.save_revision(**fields)
    return revision


def test_a_film_uses_its_video_in_each_of_three_roles() -> None:
    first, second, third, other = (films.video() for _ in range(4))
    film = films.film("Zespół", video=first, described_video=second, signed_video=third, live=True)
    assert [list(films_using(video)) for video in (first, second, third)] == [[film]] * 3
    assert not films_using(other)


def test_a_draft_uses_a_video_too_and_is_not_counted_twice() -> None:
    old, new = films.video(), films.video()
    film = films.film("Zespół", video=old, live=True)
    change(film, video=new)
    assert list(films_using(new)) == list(films_using(old)) == [film]
    with pytest.raises(videos.InUse):
        videos.remove(new)
    assert Video.objects.filter(pk=new.pk).exists()


def test_a_version_that_goes_live_later_uses_its_video() -> None:
    now, planned = films.video(), films.video()
    film = films.film("Zespół", video=now, live=True)
    change(film, video=planned, approved_go_live_at=timezone.now() + timedelta(days=1))
    change(film, video=now)
    assert list(films_using(planned)) == [film]


def test_an_old_version_keeps_no_video_and_can_still_be_looked_at() -> None:
    old, new = films.video(), films.video()
    film = films.film("Zespół", video=old, live=False)
    first = film.latest_revision
    change(film, video=new)
    film.save()
    assert not films_using(old)
    videos.remove(old)
    shown = Revision.objects.get(pk=first.pk).as_object()
    assert (shown.title, shown.video) == ("Zespół", None)
    assert not Video.objects.filter(pk=old.pk).exists()


def test_other_pages_and_numbers_are_not_mixed_up() -> None:
    video = films.video()
    films.film("Inny", video=films.video(), live=True)
    assert not films_using(video)
    videos.remove(video)
    assert FilmPage.objects.get(title="Inny").video is not None


def test_films_of_many_videos_are_found_at_once(django_assert_num_queries: Any) -> None:
    public, drafted, planned, unused = (films.video() for _ in range(4))
    first = films.film("Zespół", video=public, described_video=public, live=True)
    change(first, video=planned, approved_go_live_at=timezone.now() + timedelta(days=1))
    change(first, video=drafted)
    films.film("Debata", video=public, live=True)
    films.film("Inny", video=films.video(), live=True)
    numbers = [video.pk for video in (public, drafted, planned, unused)]
    with django_assert_num_queries(2):
        found = titles_by_video(numbers)
    assert found == {public.pk: ["Debata", "Zespół"], drafted.pk: ["Zespół"], planned.pk: ["Zespół"]}
    assert all(found.get(number, []) == [film.title for film in films_using(Video(pk=number))] for number in numbers)
    assert titles_by_video([]) == {}
