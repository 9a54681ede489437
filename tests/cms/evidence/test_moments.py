"""Dates of the past, as exactly as they are known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms import moments
from elearning.cms.moments import Moment, Span

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(Moment(2021, 3, 5)), "5 marca 2021 r."),
        (Span(Moment(2021, 3)), "marzec 2021 r."),
        (Span(Moment(2018)), "2018 r."),
        (Span(Moment(None, 7, 16)), "16 lipca, rok nieznany"),
        (Span(Moment(2018, 12, 17), Moment(2018, 12, 18)), "17–18 grudnia 2018 r."),
        (Span(Moment(None, 7, 16), Moment(None, 7, 17)), "16–17 lipca, rok nieznany"),
        (Span(Moment(2018, 3, 31), Moment(2018, 4, 1)), "31 marca – 1 kwietnia 2018 r."),
        (Span(Moment(2018, 4), Moment(2018, 5)), "kwiecień–maj 2018 r."),
        (Span(Moment(2018, 4, 1), Moment(2021, 3, 31)), "1 kwietnia 2018 r. – 31 marca 2021 r."),
        (Span(Moment(2019), Moment(2020)), "2019–2020"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(span: Span, words: str) -> None:
    assert span.words.replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("moment", "machine"),
    [
        (Moment(2021, 3, 5), "2021-03-05"),
        (Moment(2021, 3), "2021-03"),
        (Moment(2021), "2021"),
        (Moment(None, 7, 16), "07-16"),
    ],
)
def test_machines_read_it_as_exactly(moment: Moment, machine: str) -> None:
    assert moment.machine == machine


@pytest.mark.parametrize(
    ("moment", "part"),
    [
        (Moment(), "year"),
        (Moment(1899), "year"),
        (Moment(2101, 1, 1), "year"),
        (Moment(2021, None, 5), "month"),
        (Moment(2021, 13), "month"),
        (Moment(None, 7), "day"),
        (Moment(2021, 2, 29), "day"),
        (Moment(None, 2, 30), "day"),
        (Moment(None, None, 5), "month"),
    ],
)
def test_what_is_no_date_is_refused_at_its_part(moment: Moment, part: str) -> None:
    assert list(moments.faults(moment)) == [part]


def test_the_leap_day_may_have_been_in_an_unknown_year() -> None:
    assert moments.faults(Moment(None, 2, 29)) == {}


def test_an_end_is_as_exact_as_its_start_and_later() -> None:
    start = Moment(2018, 12, 17)
    assert moments.faults_of_end(start, Moment(2018, 12, 18)) == {}
    assert list(moments.faults_of_end(start, Moment(2018, 12))) == ["year"]
    assert list(moments.faults_of_end(start, Moment(2018, 12, 17))) == ["day"]
    assert list(moments.faults_of_end(start, Moment(2018, 12, 32))) == ["day"]


@given(st.lists(days))
def test_exact_dates_stand_in_the_order_of_the_calendar(found: list[date]) -> None:
    spans = [Span(Moment(day.year, day.month, day.day)) for day in found]
    ordered = sorted(spans, key=lambda span: span.key)
    assert [span.start.machine for span in ordered] == [day.isoformat() for day in sorted(found)]


@given(days)
def test_every_day_is_a_date_without_faults(day: date) -> None:
    moment = Moment(day.year, day.month, day.day)
    assert moments.faults(moment) == {}
    assert moment.machine == day.isoformat()
    assert str(day.year) in moment.words


@given(days, days)
def test_unknown_years_come_last(one: date, other: date) -> None:
    unknown = Span(Moment(None, one.month, one.day))
    assert unknown.key > Span(Moment(other.year, other.month, other.day)).key


@given(st.none() | st.integers(-5, 9999), st.none() | st.integers(-5, 40), st.none() | st.integers(-5, 40))
def test_what_has_no_faults_can_be_told(year: int | None, month: int | None, day: int | None) -> None:
    moment = Moment(year, month, day)
    if not moments.faults(moment):
        assert moment.words
        assert moment.machine
