"""What an organiser has to do now, by what is known of a training."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from courses.trainings.desk_numbers import Figures
from courses.trainings.todo import Known, tasks
from elearning.records.registration import Numbers
from elearning.records.schedule import Mode

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
COMING = Known(
    starts_at=NOW + timedelta(days=30),
    ends_at=NOW + timedelta(days=31),
    mode=Mode.ON_SITE,
    is_live=True,
    is_called_off=False,
    has_registration=True,
    is_automatic=True,
    by_invitation=False,
    capacity=20,
    has_link=False,
    has_materials=True,
    has_recording=False,
    has_survey=True,
    reports=0,
    invited=0,
    unclear=0,
    earned=0,
    figures=Figures(Numbers(admitted=18), present=18),
)
OVER = replace(COMING, starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))


def said(known: Known) -> list[str]:
    return [task.text for task in tasks(known, NOW)]


def counted(known: Known, present: int = 18, conflicts: int = 0, **numbers: int) -> Known:
    return replace(known, figures=Figures(Numbers(**numbers), present=present, conflicts=conflicts))


@pytest.mark.parametrize("known", [COMING, OVER, replace(OVER, is_called_off=True, has_survey=False, unclear=3)])
def test_where_nothing_waits_nothing_is_said(known: Known) -> None:
    assert said(known) == []


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 zgłoszenie czeka"), (3, "3 zgłoszenia czekają"), (5, "5 zgłoszeń czeka")],
)
def test_registrations_wait_for_a_decision(count: int, words: str) -> None:
    assert said(counted(COMING, pending=count)) == [f"{words} na decyzję"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"is_live": False}, ["To szkic. Opublikuj stronę, gdy będzie gotowa"]),
        ({"starts_at": None, "ends_at": None}, ["Dodaj program: dni i\xa0bloki"]),
        ({"by_invitation": True}, ["Zaproś pierwsze osoby. Bez zaproszenia nikt się nie zapisze"]),
        ({"by_invitation": True, "invited": 1}, []),
        ({"mode": Mode.ONLINE}, []),
        ({"mode": Mode.ONLINE, "starts_at": NOW + timedelta(days=2)}, ["Dodaj link do spotkania"]),
        ({"mode": Mode.ONLINE, "starts_at": NOW + timedelta(days=2), "has_link": True}, []),
    ],
)
def test_before_it_begins(known: dict[str, Any], expected: list[str]) -> None:
    assert said(replace(COMING, **known)) == expected


def test_free_places_are_given_by_hand_where_they_do_not_go_by_themselves() -> None:
    known = counted(replace(COMING, is_automatic=False), admitted=18, reserved=4)
    assert said(known) == ["2 wolne miejsca, na liście rezerwowej: 4. Przenieś osoby"]
    assert said(counted(COMING, admitted=18, reserved=4)) == []
    assert said(counted(replace(COMING, is_automatic=False), admitted=20, reserved=4)) == []


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"unclear": 2}, ["Niejasne osoby w\xa0raporcie: 2"]),
        ({"earned": 18}, ["Wystaw zaświadczenia: 18 osób spełnia warunki"]),
        ({"earned": 2}, ["Wystaw zaświadczenia: 2 osoby spełniają warunki"]),
        ({"earned": None}, []),
        ({"has_materials": False}, ["Dodaj materiały"]),
        ({"has_survey": False}, ["Dodaj ankietę ewaluacyjną"]),
        ({"mode": Mode.ONLINE, "reports": 1}, ["Dodaj nagranie"]),
        ({"mode": Mode.ONLINE, "has_recording": True}, ["Wczytaj raport obecności ze spotkania"]),
    ],
)
def test_after_it_ended(known: dict[str, Any], expected: list[str]) -> None:
    assert said(replace(OVER, **known)) == expected


def test_presence_is_filled_in_and_differences_are_settled() -> None:
    assert said(counted(OVER, present=0, admitted=5)) == ["Uzupełnij obecność"]
    assert said(counted(OVER, conflicts=2, admitted=5)) == ["Rozbieżności w\xa0obecności: 2"]
