"""Enrolling and recording: idempotent, monotone, written once."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from courses.models import CoursePage, LessonPage
from courses.outline import outline_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import recording
from elearning.records.models import Certificate, Enrolment, Result
from elearning.records.outline import Outcome, Status, UnknownItem
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> CoursePage:
    return make.course("Kurs", lessons=2, hours=6)


@pytest.fixture
def enrolment(learner: User, course: CoursePage) -> Enrolment:
    return make.enrolment(learner, course)


def test_it_works(enrolment: Enrolment, course: CoursePage) -> None:
    outline = outline_of(course)
    reached = make.complete(enrolment, outline, items=1)
    assert reached is not None
    assert (reached.percent, reached.is_complete) == (50, False)
    reached = make.complete(enrolment, outline)
    assert reached is not None
    assert reached.is_complete
    saved = Enrolment.objects.get()
    assert saved.completed_at is not None
    assert saved.snapshot["title"] == "Kurs"
    assert saved.snapshot["hours"] == 6
    assert saved.snapshot["revision"] == course.live_revision_id
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(key=f"course-completed:{saved.pk}").count() == 1


def test_enrolling_twice_is_one_enrolment(learner: User, enrolment: Enrolment, course: CoursePage) -> None:
    assert make.enrolment(learner, course) == enrolment


def test_leaving_keeps_results_and_coming_back_finds_them(
    learner: User, enrolment: Enrolment, course: CoursePage
) -> None:
    make.complete(enrolment, outline_of(course), items=1)
    assert recording.leave(enrolment)
    assert not Enrolment.objects.active().exists()
    again = make.enrolment(learner, course)
    assert recording.progress(again, outline_of(course)).percent == 50


def test_a_completed_course_cannot_be_left(enrolment: Enrolment, course: CoursePage) -> None:
    make.complete(enrolment, outline_of(course))
    assert not recording.leave(enrolment)


def test_the_second_record_of_the_same_changes_nothing(enrolment: Enrolment, course: CoursePage) -> None:
    outline = outline_of(course)
    make.complete(enrolment, outline, items=1)
    before = Result.objects.values().get()
    make.complete(enrolment, outline, items=1)
    assert Result.objects.values().get() == before


def test_a_worse_outcome_keeps_the_better_score(enrolment: Enrolment, course: CoursePage) -> None:
    outline = outline_of(course)
    item = outline.items[0]
    recording.record(enrolment=enrolment, outline=outline, outcome=make.done(item, "0.9"))
    worse = Outcome(item.id, Status.IN_PROGRESS, make.done(item).at, make.done(item, "0.3").score)
    recording.record(enrolment=enrolment, outline=outline, outcome=worse)
    result = Result.objects.get()
    assert result.status == Status.COMPLETED
    assert str(result.score) == "0.9000"


def test_an_unknown_item_is_an_error_with_a_name(enrolment: Enrolment, course: CoursePage) -> None:
    outline = outline_of(course)
    outcome = Outcome(uuid4(), Status.COMPLETED, make.done(outline.items[0]).at)
    with pytest.raises(UnknownItem):
        recording.record(enrolment=enrolment, outline=outline, outcome=outcome)
    assert not Result.objects.exists()


def test_a_lesson_added_later_reopens_nothing_but_new_learners_need_it(
    enrolment: Enrolment, course: CoursePage, stranger: User
) -> None:
    make.complete(enrolment, outline_of(course))
    before = Enrolment.objects.values().get()
    make.lesson(course, "Lekcja 3")
    progress = recording.progress(Enrolment.objects.get(), outline_of(course))
    assert Enrolment.objects.values().get() == before
    assert [item.title for item in progress.new_items] == ["Lekcja 3"]
    fresh = make.enrolment(stranger, course)
    make.complete(fresh, outline_of(course), items=2)
    assert [c.text for c in recording.progress(fresh, outline_of(course)).unmet] == ["Ukończ lekcję „Lekcja 3”."]


def test_unpublishing_keeps_the_record_and_its_title(enrolment: Enrolment, course: CoursePage) -> None:
    make.complete(enrolment, outline_of(course), items=1)
    LessonPage.objects.get(title="Lekcja 1").unpublish()
    assert Result.objects.get().title == "Lekcja 1"


def test_recording_takes_few_queries(enrolment: Enrolment, course: CoursePage, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    outline = outline_of(course)
    with django_assert_max_num_queries(6):
        make.complete(enrolment, outline, items=1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_eight_parallel_records_complete_once(learner: User) -> None:
    course = make.course("Kurs", lessons=8)
    enrolment = make.enrolment(learner, course)
    outline = outline_of(course)
    barrier, errors = Barrier(8), list[Exception]()

    def work(number: int) -> None:
        barrier.wait()
        try:
            recording.record(enrolment=enrolment, outline=outline, outcome=make.done(outline.items[number]))
        except Exception as error:  # noqa: BLE001 - the test reports it
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Enrolment.objects.get().completed_at is not None
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(key__startswith="course-completed").count() == 1
