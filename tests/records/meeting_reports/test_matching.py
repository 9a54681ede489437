"""Whose stays they are: exact addresses and unique names alone; the rest waits for a person. No database."""

from datetime import datetime, timedelta
from itertools import count
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.meeting_reports import Stay
from elearning.records.meeting_reports.matching import Registered, Unclear, match

NINE = datetime(2026, 10, 6, 9, tzinfo=ZoneInfo("Europe/Warsaw"))
LINES = count(2)

EWA = Registered(1, "Ewa Lis", "ewa.lis@pcpr.example.org")
JAN = Registered(2, "Jan Święcki", "jan@pcpr.example.org")
ANNA = Registered(3, "Anna Nowak", "anna@pcpr.example.org")
OTHER_ANNA = Registered(4, "Anna Nowak", "a.nowak@mops.example.org")
PEOPLE = (EWA, JAN, ANNA, OTHER_ANNA)


def stay(name: str, email: str = "", *, begins: int = 0, minutes: int = 60) -> Stay:
    joined = NINE + timedelta(minutes=begins)
    return Stay(next(LINES), name, email, joined, joined + timedelta(minutes=minutes))


def only_unclear(*stays: Stay, people: tuple[Registered, ...] = PEOPLE) -> Unclear:
    found = match(stays, people)
    assert found.matched == {}
    (unclear,) = found.unclear
    assert unclear.stays == stays
    return unclear


def reason(unclear: Unclear) -> str:
    return unclear.reason.replace("\xa0", " ")


def test_it_works() -> None:
    ewa, again, jan = (
        stay("Ewka", "Ewa.Lis@PCPR.example.org"),
        stay("Ewa Lis", EWA.email, begins=90),
        stay("jan  ŚWIĘCKI"),
    )
    found = match([ewa, jan, again], PEOPLE)
    assert found.matched == {1: (ewa, again), 2: (jan,)}
    assert found.unclear == ()


def test_a_dot_in_an_address_is_a_dot() -> None:
    unclear = only_unclear(stay("Ewa Lis", "ewalis@pcpr.example.org"))
    assert reason(unclear) == "Nikt nie zapisał się z adresem ewalis@pcpr.example.org."
    assert unclear.candidates == (EWA.key,)


def test_an_unknown_address_is_not_overruled_by_a_known_name() -> None:
    assert only_unclear(stay("Jan Święcki", "jan@gmail.example.com")).candidates == (JAN.key,)


def test_the_address_of_one_person_with_the_name_of_another_is_unclear() -> None:
    unclear = only_unclear(stay("Jan Święcki", EWA.email))
    assert "ma w zapisach Ewa Lis, a imię i nazwisko Jan Święcki ma w zapisach ktoś inny" in reason(unclear)
    assert unclear.candidates == (EWA.key, JAN.key)


def test_two_people_of_one_name_are_told_apart_by_address_only() -> None:
    with_address = stay("Anna Nowak", OTHER_ANNA.email)
    assert match([with_address], PEOPLE).matched == {4: (with_address,)}
    unclear = only_unclear(stay("Anna Nowak"))
    assert "zapisała się więcej niż jedna osoba" in reason(unclear)
    assert unclear.candidates == (ANNA.key, OTHER_ANNA.key)


def test_two_people_of_one_address_are_told_apart_by_their_names() -> None:
    shared = (Registered(1, "Ewa Lis", "biuro@example.org"), Registered(2, "Jan Święcki", "biuro@example.org"))
    jan = stay("Jan Święcki", "biuro@example.org")
    assert match([jan], shared).matched == {2: (jan,)}
    unclear = only_unclear(stay("Sala 12", "biuro@example.org"), people=shared)
    assert "więcej niż jedna osoba" in reason(unclear)
    assert unclear.candidates == (1, 2)


@pytest.mark.parametrize(
    "name", ["Jan Swiecki", "Święcki Jan", "Jan Święcki-Lis", "J. Święcki", "Jan", "Janek (Jan Święcki)"]
)
def test_names_that_are_alike_are_offered_and_never_matched(name: str) -> None:
    unclear = only_unclear(stay(name))
    assert reason(unclear) == f"Nikt nie zapisał się jako {name}, a w raporcie nie ma adresu e-mail."
    assert JAN.key in unclear.candidates


def test_somebody_unknown_has_no_candidates() -> None:
    assert only_unclear(stay("iPhone")).candidates == ()


def test_a_name_that_was_there_twice_at_once_is_unclear() -> None:
    unclear = only_unclear(stay("Jan Święcki"), stay("Jan Święcki", begins=30))
    assert "jednocześnie dwa połączenia" in reason(unclear)


def test_joining_again_is_no_second_person() -> None:
    stays = stay("Jan Święcki"), stay("Jan Święcki", begins=59), stay("Jan Święcki", begins=200)
    assert match(stays, PEOPLE).matched == {2: stays}


def test_a_name_that_somebody_else_in_the_file_has_too_is_unclear() -> None:
    found = match([stay("Jan Święcki"), stay("Jan Święcki", "obcy@example.org", begins=90)], PEOPLE)
    assert found.matched == {}
    assert [unclear.candidates for unclear in found.unclear] == [(JAN.key,), (JAN.key,)]


def test_a_person_may_join_with_the_address_and_by_telephone_without() -> None:
    both = stay("Jan Święcki", JAN.email), stay("Jan Święcki", begins=90)
    assert match(both, PEOPLE).matched == {2: both}


def test_whoever_registered_without_an_address_is_known_by_name() -> None:
    ola = Registered(9, "Ola Kot", "")
    found = stay("Ola Kot")
    assert match([found], [ola]).matched == {9: (found,)}
    assert only_unclear(stay("", "ola@example.org"), people=(ola,)).candidates == ()


names = st.sampled_from(["Ewa Lis", "Jan Święcki", "Anna Nowak", "Ktoś", ""])
emails = st.sampled_from([EWA.email, JAN.email, ANNA.email, "obcy@example.org", ""])


@given(st.lists(st.tuples(names, emails, st.integers(0, 300)), max_size=12))
def test_every_stay_is_in_one_place_whatever_the_order(rows: list[tuple[str, str, int]]) -> None:
    stays = [stay(name or "Nikt", email, begins=begins) for name, email, begins in rows]
    found = match(stays, PEOPLE)
    placed = [one for group in found.matched.values() for one in group] + [
        one for u in found.unclear for one in u.stays
    ]
    assert sorted(placed, key=lambda one: one.line) == stays
    assert match(reversed(stays), PEOPLE).matched == found.matched


def test_ten_thousand_strangers_of_common_names_are_told_in_seconds() -> None:
    registered = [Registered(number, f"Jan Nowak {number}", f"jan{number}@example.org") for number in range(500)]
    stays = [Stay(number, f"Jan Nowak z{number}", f"obcy{number}@example.org", NINE, NINE) for number in range(10_000)]
    began = process_time()
    found = match(stays, registered)
    assert process_time() - began < 2
    assert {len(unclear.candidates) for unclear in found.unclear} == {10}
