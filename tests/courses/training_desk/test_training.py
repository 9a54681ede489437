"""One training on the desk: numbers, tasks, and the way to everything else."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from courses.models import TrainingPage
from courses.trainings.terms import training_of
from elearning.records.models import AttendanceMark
from elearning.records.places import Standing
from tests import make, trainings


def url(page: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{page.pk}/"


def attend_all(page: TrainingPage, registration: Any) -> None:
    for day in training_of(page).schedule.days:
        for block in day.blocks:
            AttendanceMark.objects.create(
                registration=registration,
                block=block.id,
                day=day.date,
                topic=block.topic,
                hours=block.hours,
                source="qr",
                presence="present",
                at=timezone.now(),
            )


def test_it_shows_numbers_tasks_and_ways(desk: Client, page: TrainingPage) -> None:
    for standing in (Standing.ADMITTED, Standing.PENDING, Standing.PENDING, Standing.PENDING, Standing.CANCELLED):
        trainings.registered(page, standing=standing)
    content = desk.get(url(page)).content.decode()
    assert "<dt>przyjęte</dt><dd>1</dd>" in content
    assert "<dt>do decyzji</dt><dd>3</dd>" in content
    assert f'<a href="{url(page)}zgloszenia/?stan=pending">3 zgłoszenia czekają na decyzję</a>' in content
    for way in ("zgloszenia/", "zgloszenia/nowe/", "wiadomosc/", "eksport/", "zaproszenia/", "ankieta/"):
        assert f'href="{url(page)}{way}"' in content
    assert f'href="/redakcja/pages/{page.pk}/edit/"' in content


def test_after_it_ended_it_counts_who_earned_a_certificate(desk: Client) -> None:
    page = trainings.training("Minione", on=timezone.localdate() - timedelta(days=20))
    client, person = desk, trainings.editor_of(page)
    client.force_login(person)
    for _ in range(2):
        attend_all(page, trainings.registered(page))
    trainings.registered(page)
    content = client.get(url(page)).content.decode()
    assert "Wystaw zaświadczenia: 2 osoby spełniają warunki" in content
    assert "<dt>obecne</dt><dd>2</dd>" in content


def test_a_coordinator_sees_what_waits_but_gets_no_way_to_change_it(page: TrainingPage) -> None:
    trainings.registered(page, standing=Standing.PENDING)
    client = Client()
    client.force_login(trainings.member("Koordynacja"))
    content = client.get(url(page)).content.decode()
    assert "1 zgłoszenie czeka na decyzję" in content
    for way in ("zgloszenia/nowe/", "wiadomosc/", "kopia/", "?stan=pending"):
        assert f'href="{url(page)}{way}' not in content
    assert "Lista na telefon" not in content


def test_a_draft_without_a_programme_is_shown_too(desk: Client) -> None:
    parent = trainings.index()
    draft = parent.add_child(instance=TrainingPage(title="Szkic", slug="szkic", live=False))
    desk.force_login(trainings.editor_of(draft))
    content = desk.get(url(draft)).content.decode()
    assert "bez programu" in content
    assert "To szkic." in content


def test_a_title_with_marks_stays_a_title(desk: Client, page: TrainingPage) -> None:
    page.title = "<script>alert(1)</script>"
    make.publish(page)
    assert "<script>alert(1)</script>" not in desk.get(url(page)).content.decode()


def test_any_number_of_registrations_asks_the_same(
    desk: Client, page: TrainingPage, django_assert_max_num_queries: Any
) -> None:
    for _ in range(60):
        trainings.registered(page)
    attend_all(page, trainings.registered(page))
    desk.get(url(page))
    with django_assert_max_num_queries(24):
        desk.get(url(page))


def test_every_way_from_the_desk_leads_somewhere(desk: Client, page: TrainingPage) -> None:
    trainings.registered(page, standing=Standing.PENDING)
    content = desk.get(url(page)).content.decode()
    # The lists to sign are made as PDF, and a second training is not for an editor of this page alone.
    ways = {way for way in re.findall(rf'href="({url(page)}[^"]*)"', content) if not way.endswith("/lista/")}
    assert len(ways) >= 11
    assert f"{url(page)}kopia/" not in ways
    assert {way: desk.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


def test_an_editor_of_all_trainings_may_repeat_one(editorial: Client, page: TrainingPage) -> None:
    assert f'href="{url(page)}kopia/"' in editorial.get(url(page)).content.decode()
