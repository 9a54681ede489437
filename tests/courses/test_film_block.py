"""The film of a lesson: what its block accepts, and what the outline makes of it."""

from decimal import Decimal
from typing import Any

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.blocks.film import FilmBlock
from courses.demo.streams import Shelves, stream
from courses.models import CoursePage, LessonPage
from courses.outline import outline_of
from courses.published import course_at
from media.models import FilmPage
from tests import make
from tests.courses import films
from tests.media import films as film_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(site: Any) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=0)


def elsewhere() -> FilmPage:
    return film_pages.film(live=True, video=None, external_url="https://vimeo.com/123456", external_minutes=3)


def cleaned(of: FilmPage | None, **value: Any) -> Any:
    block = FilmBlock()
    return block.clean(block.normalize(films.block(of, **value)[1]))


def test_a_film_gets_a_share_where_none_was_given(course: CoursePage) -> None:
    assert cleaned(films.film(), share=None)["share"] == 90
    assert cleaned(films.film(), share=50)["share"] == 50


@pytest.mark.parametrize("share", [0, 101, -1])
def test_a_share_is_a_percentage(course: CoursePage, share: int) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(films.film(), share=share)
    assert set(refused.value.block_errors) == {"share"}


def test_a_film_that_cannot_be_counted_cannot_be_required(course: CoursePage) -> None:
    for film in (elsewhere(), film_pages.film(live=True, video=film_pages.video(duration=None))):
        with pytest.raises(StructBlockValidationError) as refused:
            cleaned(film)
        assert set(refused.value.block_errors) == {"required"}
        assert cleaned(film, required=False)["share"] is None


def test_a_film_is_an_item_within_its_lesson(course: CoursePage) -> None:
    film = films.film()
    films.lesson(course, films.block(film, required=False, share=75), slug="lekcja")
    lesson, item = outline_of(course).items
    assert (item.within, item.title, item.required) == (lesson.id, "Film o zespole", False)
    assert item.film is not None
    assert (item.film.film_id, item.film.share) == (film.pk, Decimal("0.75"))
    block_id = LessonPage.objects.get().body.raw_data[1]["id"]
    assert item.url == f"{lesson.url}#film-{block_id}"
    assert outline_of(course).steps == (lesson,)


def test_an_announced_film_and_one_that_is_not_counted_are_no_items(course: CoursePage) -> None:
    films.lesson(
        course,
        films.block(None),
        ("film", {"title": "Zapowiedź", "description": "Wkrótce."}),
        films.block(elsewhere(), required=False, share=None),
        slug="lekcja",
    )
    assert films.films_of(course) == []


def test_a_copied_lesson_has_films_of_its_own(course: CoursePage) -> None:
    lesson = films.lesson(course, films.block(films.film()), slug="lekcja")
    lesson.copy(update_attrs={"slug": "kopia"}, keep_live=True, reset_translation_key=True)
    first, second = films.films_of(CoursePage.objects.get(pk=course.pk))
    assert first.id != second.id
    assert first.film == second.film


def test_only_a_lesson_without_a_film_is_kept_as_html(course: CoursePage) -> None:
    announced = films.lesson(course, films.block(None), slug="zapowiedz")
    watched = films.lesson(course, films.block(films.film()), slug="z-filmem")
    published = course_at("kurs")
    assert published is not None
    assert "Wkrótce w\xa0tym miejscu" in published.lesson(announced.pk).body
    assert published.lesson(watched.pk).body == ""


def test_a_text_of_the_demo_names_its_film_by_a_key(course: CoursePage) -> None:
    film = films.film()
    blocks = [{"type": "film", "value": {"title": "Zespół", "film": "zespol"}}]
    [(_kind, value)] = stream(blocks, Shelves({}, {}))
    assert value["film"] is None
    films.lesson(course, *stream(blocks, Shelves({}, {}, {"zespol": film})), slug="z-filmem")
    item = films.films_of(course)[0]
    assert item.film is not None
    assert item.film.share == Decimal("0.9")
