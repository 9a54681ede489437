"""The page tree as the rules see it: the only reader of raw streams.

An outline is built from published pages and kept in memory under the state of its pages, so that it is never stale:
one query reads that state, and only a change makes the rest be read again.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import Q
from django.utils.html import strip_tags
from wagtail.models import Page

from courses.models import ActivityPage, CoursePage, LessonPage, ModulePage, QuizPage
from elearning.cms.models.base import page_path
from elearning.records.outline import (
    ActivityTerms,
    CertificateTerms,
    FilmTerms,
    Item,
    ItemKind,
    Module,
    Outline,
    Prerequisite,
)
from h5p.policies import CompletionPolicy

# Courses of one site: a process rarely meets more, and an outline of 40 items takes about 20 KB.
CACHE_SIZE = 200

# The parameter of „starts with nothing”.
EVERYTHING = "%"

PageState = tuple[Any, ...]

# Numbers and texts only, which read the same with and without the ORM. The project's come with the course's row: they
# are edited apart from pages, and a certificate must not state the text of yesterday.
PROJECT = ("name", "funding_text", "logo_strip__file", "logo_strip_alt")
STATE = (
    "pk",
    "path",
    "title",
    "url_path",
    "live_revision_id",
    *(f"coursepage__project__{name}" for name in PROJECT),
)

_cache: OrderedDict[int, tuple[PageState, Outline]] = OrderedDict()


def outline_of(course: CoursePage) -> Outline:
    """The outline of a course as it is published now. One query while nothing has changed, seven when it has."""
    return _kept(course, state_of(course))


def outlines_of(courses: Iterable[CoursePage]) -> dict[int, Outline]:
    """The outlines of several courses by the page's id. One query for all while nothing has changed."""
    by_path = {course.path: course for course in courses}
    if not by_path:
        return {}
    below = reduce(or_, (Q(path__startswith=path) for path in by_path))
    states: dict[str, list[PageState]] = {path: [] for path in by_path}
    for row in Page.objects.filter(below, live=True).order_by("path").values_list(*STATE):
        states[next(path for path in by_path if row[1].startswith(path))].append(row)
    return {course.pk: _kept(course, tuple(states[path])) for path, course in by_path.items()}


def state_of(course: CoursePage) -> PageState:
    """What changes whenever an outline may: publishing, unpublishing, moving, renaming, ordering, another project."""
    sql, parameters = _state_query()
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{course.path}%" if value == EVERYTHING else value for value in parameters])
        return tuple(cursor.fetchall())


@cache
def _state_query() -> tuple[str, tuple[Any, ...]]:
    """The ORM's statement for any path, made once: it runs at every visit, and making it costs more than running it."""
    pages = Page.objects.filter(path__startswith="", live=True).order_by("path")
    return pages.values_list(*STATE).query.sql_with_params()


def _kept(course: CoursePage, state: PageState) -> Outline:
    cached = _cache.get(course.pk)
    if cached and cached[0] == state:
        return cached[1]
    outline = _build(course)
    _cache[course.pk] = (state, outline)
    _cache.move_to_end(course.pk)
    while len(_cache) > CACHE_SIZE:
        _cache.popitem(last=False)
    return outline


def _build(course: CoursePage) -> Outline:
    course = CoursePage.objects.select_related("project__logo_strip").get(pk=course.pk)
    items = _items(course)
    modules = tuple(
        Module(
            page_id=module.pk,
            title=module.title,
            items=tuple(item for path, item in items if path.startswith(module.path)),
            url=page_path(module),
        )
        for module in ModulePage.objects.child_of(course).live().order_by("path")
    )
    return Outline(
        course_id=course.pk,
        title=course.title,
        url=page_path(course),
        modules=modules,
        sequential=course.sequential,
        prerequisites=tuple(
            Prerequisite(course_id=other.pk, title=other.title, url=page_path(other))
            for other in course.prerequisites.order_by("path")
        ),
        certificate=_certificate_terms(course, modules),
        revision_id=course.live_revision_id,
        opens_on=course.opens_on,
        closes_on=course.closes_on,
    )


def _items(course: CoursePage) -> list[tuple[str, Item]]:
    """The items of a course with the paths of their pages; what is done within a lesson follows it."""
    found: list[tuple[str, list[Item]]] = []
    for page in LessonPage.objects.descendant_of(course).live():
        lesson = _lesson(page)
        found.append((page.path, [lesson, *_within(page, lesson)]))
    found += [(page.path, [_quiz(page)]) for page in QuizPage.objects.descendant_of(course).live()]
    found += [(page.path, [_activity(page)]) for page in ActivityPage.objects.descendant_of(course).live()]
    return [(path, item) for path, items in sorted(found, key=lambda pair: pair[0]) for item in items]


def _lesson(page: LessonPage) -> Item:
    return Item(
        id=page.translation_key,
        page_id=page.pk,
        kind=ItemKind.LESSON,
        title=page.title,
        url=page_path(page),
        minutes=page.minutes,
        required=page.required,
        is_empty=not has_content(page.body.raw_data),
        revision_id=page.live_revision_id,
    )


def _quiz(page: QuizPage) -> Item:
    return Item(
        id=page.translation_key,
        page_id=page.pk,
        kind=ItemKind.QUIZ,
        title=page.title,
        url=page_path(page),
        minutes=page.minutes,
        required=page.required,
        is_empty=not page.questions.raw_data,
        pass_mark=Decimal(page.pass_mark) / 100,
        revision_id=page.live_revision_id,
    )


def _activity(page: ActivityPage) -> Item:
    passed = page.policy == CompletionPolicy.PASSED
    return Item(
        id=page.translation_key,
        page_id=page.pk,
        kind=ItemKind.ACTIVITY,
        title=page.title,
        url=page_path(page),
        minutes=page.minutes,
        required=page.required,
        pass_mark=Decimal(page.pass_mark) / 100 if passed else None,
        revision_id=page.live_revision_id,
        activity=ActivityTerms(page.content_id, page.policy, 60 * page.minimum_minutes),
    )


def block_item_id(lesson: LessonPage, block_id: str) -> UUID:
    """The item that a block of a lesson is. A copied lesson has blocks of the same ids, and items of its own."""
    return uuid5(lesson.translation_key, block_id)


def _within(page: LessonPage, lesson: Item) -> list[Item]:
    """What is done in a lesson, in the order of its blocks: items known by the ids of their blocks."""
    return [
        ITEMS_OF_BLOCKS[block["type"]](page, lesson, block["id"], block["value"])
        for block in page.body.raw_data
        if block["type"] in ITEMS_OF_BLOCKS and _is_item(block)
    ]


def _is_item(block: Mapping[str, Any]) -> bool:
    """A place of a film or training is no item until it has one; nor is a film whose viewing cannot be counted."""
    value = block["value"]
    if block["type"] == "training":
        return bool(value.get("training"))
    return block["type"] != "film" or bool(value.get("film") and value.get("share"))


def _activity_within(page: LessonPage, lesson: Item, block_id: str, value: Mapping[str, Any]) -> Item:
    return Item(
        id=block_item_id(page, block_id),
        page_id=page.pk,
        kind=ItemKind.ACTIVITY,
        title=value["title"],
        url=f"{lesson.url}#aktywnosc-{block_id}",
        required=value["required"],
        pass_mark=_mark(value),
        revision_id=page.live_revision_id,
        within=lesson.id,
        activity=ActivityTerms(value["content"], value["policy"], 60 * (value["minutes"] or 0)),
    )


def _film_within(page: LessonPage, lesson: Item, block_id: str, value: Mapping[str, Any]) -> Item:
    return Item(
        id=block_item_id(page, block_id),
        page_id=page.pk,
        kind=ItemKind.FILM,
        title=value["title"],
        url=f"{lesson.url}#film-{block_id}",
        required=value["required"],
        revision_id=page.live_revision_id,
        within=lesson.id,
        film=FilmTerms(value["film"], Decimal(value["share"]) / 100),
    )


def _training_within(page: LessonPage, lesson: Item, block_id: str, value: Mapping[str, Any]) -> Item:
    return Item(
        id=block_item_id(page, block_id),
        page_id=page.pk,
        kind=ItemKind.TRAINING,
        title=value["title"],
        url=f"{lesson.url}#szkolenie-{block_id}",
        required=value["required"],
        revision_id=page.live_revision_id,
        within=lesson.id,
        training_id=value["training"],
    )


ITEMS_OF_BLOCKS = {"h5p": _activity_within, "film": _film_within, "training": _training_within}


def _mark(value: Mapping[str, Any]) -> Decimal | None:
    return Decimal(value["pass_mark"]) / 100 if value["policy"] == CompletionPolicy.PASSED else None


def _certificate_terms(course: CoursePage, modules: Iterable[Module]) -> CertificateTerms:
    project = course.project
    return CertificateTerms(
        programme=tuple(module.title for module in modules),
        hours=course.hours,
        form=course.get_form_display(),
        organiser=course.organiser,
        place=course.place,
        signatory_name=course.signatory_name,
        signatory_function=course.signatory_function,
        project_name=project.name if project else "",
        funding_text=project.funding_text if project else "",
        logo_strip=project.logo_strip.file.name if project and project.logo_strip else "",
        logo_strip_alt=project.logo_strip_alt if project else "",
    )


def has_content(value: Any) -> bool:
    """Whether a raw stream, or a part of one, says anything: a word, a number or a chosen thing."""
    if isinstance(value, str):
        return bool(strip_tags(value).replace("\xa0", " ").strip())
    if isinstance(value, Mapping):
        return (
            has_content(value["value"])
            if "value" in value and "type" in value
            else any(map(has_content, value.values()))
        )
    if isinstance(value, Iterable):
        return any(has_content(part) for part in value)
    return value is not None and not isinstance(value, bool)
