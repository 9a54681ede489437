"""The trainings of the demo site."""

from datetime import date

import pytest
from django.utils import timezone

from courses.demo import people, registrations, signs, trainings
from courses.demo.files import COURSES
from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.cms.models import HomePage
from elearning.records import surveys
from elearning.records.models import Certificate, Registration
from elearning.records.places import Standing
from elearning.records.schedule import faults_of
from elearning.records.training import Window
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(site: HomePage) -> dict[str, TrainingPage]:
    return trainings.build(site, signs.project())


def test_every_event_of_the_sources_is_there(demo: dict[str, TrainingPage]) -> None:
    told = {page.starts_at.date() for page in demo.values() if page.starts_at and page.starts_at.year < 2022}
    assert told == {
        *(date(2018, 7, 16), date(2018, 7, 18), date(2018, 12, 17)),
        *(date(2021, 3, 5), date(2021, 3, 10), date(2021, 4, 13), date(2021, 10, 21)),
    }
    lomza = demo["podsumowanie-lomza-2021"]
    assert lomza.starts_at is not None
    assert f"{timezone.localtime(lomza.starts_at):%H:%M}" == "12:30"


def test_all_kinds_of_events_are_there_past_and_coming(demo: dict[str, TrainingPage]) -> None:
    assert {page.kind for page in demo.values()} == set(TrainingPage.Kind.values)
    windows = {training_of(page).window(timezone.now()) for page in demo.values()}
    assert windows >= {Window.OPEN, Window.NOT_YET, Window.PAST, Window.CALLED_OFF}


def test_programmes_have_no_faults(demo: dict[str, TrainingPage]) -> None:
    assert [slug for slug, page in demo.items() if faults_of(training_of(page).schedule.days)] == []


def test_what_no_source_tells_is_marked(demo: dict[str, TrainingPage]) -> None:
    assert all(page.is_sample for page in demo.values())


def test_built_again_nothing_changes(demo: dict[str, TrainingPage], site: HomePage) -> None:
    before = {page.pk: page.latest_revision_created_at for page in TrainingPage.objects.all()}
    trainings.build(site, signs.project())
    assert {page.pk: page.latest_revision_created_at for page in TrainingPage.objects.all()} == before


def test_registrations_stand_in_every_state(demo: dict[str, TrainingPage]) -> None:
    for slug in COURSES:
        make.course(slug=slug)
    people.build()
    registrations.build(demo)
    assert {Standing(found) for found in Registration.objects.values_list("standing", flat=True)} == set(Standing)
    assert Certificate.objects.filter(registration__training=demo["szkolenie-pcpr-zakonczone"].pk).count() == 8
    assert surveys.results(demo["szkolenie-pcpr-zakonczone"].pk).shown == 5
    before = Registration.objects.count()
    registrations.build(demo)
    assert Registration.objects.count() == before
