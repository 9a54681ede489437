"""Published courses and lessons as visitors meet them, kept in memory under the state of their pages.

One query tells whether a course is still as it was; only a change makes it be read again. Building the same pages anew
for each visitor is most of what a course page costs.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

from django.template.loader import render_to_string

from courses.blocks import looks_the_same
from courses.models import CoursePage, LessonPage
from courses.outline import CACHE_SIZE, PageState, outline_of, state_of
from elearning.records.outline import Outline

# Seconds for which a lesson's text is kept. Publishing the lesson shows at once; a figure, an image or the address of a
# linked page, which are edited elsewhere, within this time.
KEPT = 60


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson and its blocks as HTML, empty where they differ from person to person: then the page renders them.

    `until` is a reading of the monotonic clock.
    """

    page: LessonPage
    body: str
    until: float


@dataclass(frozen=True, slots=True)
class Published:
    """A course as it is published now."""

    course: CoursePage
    outline: Outline
    state: PageState
    lessons: dict[int, Lesson] = field(default_factory=dict)

    def lesson(self, page_id: int) -> Lesson:
        """One of the course's lessons. Two queries and more, or none for one that was read a moment ago."""
        known = self.lessons.get(page_id)
        if known is None or known.until < monotonic():
            known = _read(page_id)
            self.lessons[page_id] = known
        return known


_cache: OrderedDict[str, Published] = OrderedDict()


def course_at(slug: str) -> Published | None:
    """The published course of that slug. One query while nothing has changed."""
    known = _cache.get(slug)
    if known and state_of(known.course) == known.state:
        return known
    course = CoursePage.objects.live().filter(slug=slug).first()
    if course is None:
        return None
    # The state first: what is published meanwhile makes the next visit read again.
    found = Published(state=state_of(course), course=course, outline=outline_of(course))
    _cache[slug] = found
    _cache.move_to_end(slug)
    while len(_cache) > CACHE_SIZE:
        _cache.popitem(last=False)
    return found


def _read(page_id: int) -> Lesson:
    page = LessonPage.objects.get(pk=page_id)
    same_for_all = all(looks_the_same(block["type"], block["value"]) for block in page.body.raw_data)
    body = render_to_string("courses/lesson_body.html", {"page": page}) if same_for_all else ""
    return Lesson(page, body, until=monotonic() + KEPT)
