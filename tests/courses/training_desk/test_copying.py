"""„Powtórz w innym terminie”: what moves, what stays, and what does not come along."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import ConsentClause, TrainingPage, TrainingQuota
from courses.trainings.copying import anew, copied
from courses.trainings.terms import training_of
from elearning.records.models import Registration
from tests import make, trainings


def url(page: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{page.pk}/kopia/"


def ids(stream: Any) -> set[str]:
    """All ids of a raw stream."""
    if isinstance(stream, list):
        return set().union(*map(ids, stream)) if stream else set()
    if not isinstance(stream, dict):
        return set()
    own = {stream["id"]} if "type" in stream and "id" in stream else set()
    return own.union(*map(ids, stream.values()))


@pytest.fixture
def page(db: None) -> TrainingPage:
    """Two days before the clocks change in March 2027, with a week between; and everything that can be set."""
    made = trainings.training(
        "Szkoła",
        days=[trainings.day(date(2027, 3, 16)), trainings.day(date(2027, 3, 23))],
        join_url="https://example.org/spotkanie",
        registration_opens_at=datetime(2027, 2, 1, 8, tzinfo=UTC),
        registration_closes_at=datetime(2027, 3, 10, 22, tzinfo=UTC),
        survey_closes_on=date(2027, 4, 1),
        survey=[{"type": "open_text", "value": {"text": "Co poprawić?"}}],
        materials=[{"type": "link", "value": {"title": "Slajdy", "audience": "all", "url": "https://example.org/"}}],
        capacity=20,
        called_off=True,
        called_off_reason="Choroba",
    )
    made.clauses.add(ConsentClause.objects.create(name="RODO", text="Zgoda"))
    made.quotas.add(TrainingQuota(institution=make.institution(), places=3))
    published: TrainingPage = make.publish(made)
    return published


def test_days_move_together_and_wall_times_stay(page: TrainingPage, administrator: Any) -> None:
    copy = TrainingPage.objects.get(pk=_copied(page, administrator).pk)
    days = training_of(copy).schedule.days
    assert [day.date for day in days] == [date(2027, 5, 4), date(2027, 5, 11)]
    assert [f"{day.starts_at:%H:%M}" for day in days] == ["09:00", "09:00"]
    assert copy.starts_at == days[0].starts_at
    assert copy.ends_at == days[1].ends_at


def test_the_window_moves_by_days_at_the_same_wall_time(page: TrainingPage, administrator: Any) -> None:
    copy = _copied(page, administrator)
    assert f"{timezone.localtime(copy.registration_opens_at):%Y-%m-%d %H:%M}" == "2027-03-22 09:00"
    assert f"{timezone.localtime(copy.registration_closes_at):%Y-%m-%d %H:%M}" == "2027-04-28 23:00"
    assert copy.survey_closes_on == date(2027, 5, 20)


def test_it_is_a_draft_of_the_plan_without_what_happened(page: TrainingPage, administrator: Any) -> None:
    trainings.registered(page)
    copy = TrainingPage.objects.get(pk=_copied(page, administrator).pk)
    assert (copy.live, copy.capacity, copy.called_off, copy.called_off_reason) == (False, 20, False, "")
    assert Registration.objects.filter(training=copy.pk).count() == 0
    assert not copy.materials
    assert copy.join_url == ""
    assert [clause.name for clause in copy.clauses.all()] == ["RODO"]
    assert copy.quotas.get().places == 3
    assert len(copy.survey) == 1
    assert copy.translation_key != page.translation_key


def test_no_id_of_a_stream_is_the_same(page: TrainingPage, administrator: Any) -> None:
    copy = TrainingPage.objects.get(pk=_copied(page, administrator).pk)
    for name in ("days", "survey"):
        before, after = ids(getattr(page, name).get_prep_value()), ids(getattr(copy, name).get_prep_value())
        assert len(before) == len(after) > 0
        assert not before & after
    blocks = {block.id for training in (page, copy) for block in training_of(training).schedule.blocks}
    assert len(blocks) == 8


def test_publishing_the_draft_keeps_its_days(page: TrainingPage, administrator: Any) -> None:
    published = make.publish(_copied(page, administrator))
    assert [day.date for day in training_of(published).schedule.days] == [date(2027, 5, 4), date(2027, 5, 11)]


def test_the_page_itself_does_not_change(page: TrainingPage, administrator: Any) -> None:
    before = json.dumps(page.days.get_prep_value(), default=str)
    _copied(page, administrator)
    assert json.dumps(TrainingPage.objects.get(pk=page.pk).days.get_prep_value(), default=str) == before


def test_the_form_makes_a_draft_and_leads_to_it(editorial: Client, page: TrainingPage) -> None:
    day = timezone.localdate() + timedelta(days=90)
    sent = {"tytul": "Szkoła, druga tura", "pierwszy_dzien": day.isoformat(), "z_linkiem": "on"}
    answer = editorial.post(url(page), sent)
    copy = TrainingPage.objects.get(title="Szkoła, druga tura")
    assert answer["Location"] == f"/redakcja/pages/{copy.pk}/edit/"
    assert copy.join_url == "https://example.org/spotkanie"
    assert training_of(copy).schedule.days[0].date == day
    again = editorial.post(url(page), sent)
    assert again.status_code == 302
    assert TrainingPage.objects.filter(title="Szkoła, druga tura").values("slug").distinct().count() == 2


@pytest.mark.parametrize(
    ("day", "words"), [("", "Podaj pierwszy dzień."), ("2020-01-01", "już minął"), ("jutro", "Podaj datę")]
)
def test_a_wrong_day_is_said_at_its_field(editorial: Client, page: TrainingPage, day: str, words: str) -> None:
    answer = editorial.post(url(page), {"tytul": "Moja nazwa", "pierwszy_dzien": day})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Moja nazwa" in answer.content.decode()
    assert TrainingPage.objects.count() == 1


def test_ids_are_new_at_every_depth_and_other_values_stay() -> None:
    raw = [{"type": "day", "id": "1", "value": {"id": "own", "blocks": [{"type": "item", "id": "2", "value": "x"}]}}]
    made = anew(raw)
    assert made[0]["value"]["id"] == "own"
    assert made[0]["value"]["blocks"][0]["value"] == "x"
    assert not {"1", "2"} & {made[0]["id"], made[0]["value"]["blocks"][0]["id"]}


def _copied(page: TrainingPage, person: Any) -> TrainingPage:
    return copied(page, title="Szkoła 2", on=date(2027, 5, 4), keeps_link=False, by=person)
