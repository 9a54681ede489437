"""Days of a training in Polish words."""

from datetime import date, timedelta

import pytest

from courses.trainings.date_spans import days_in_words


def march(*days: int) -> list[date]:
    return [date(2027, 3, day) for day in days]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        (march(27), "27 marca 2027 r."),
        (march(27, 28), "27–28 marca 2027 r."),
        (march(28, 27, 26, 27), "26–28 marca 2027 r."),
        ([date(2027, 3, 31), date(2027, 4, 1)], "31 marca – 1 kwietnia 2027 r."),
        ([date(2026, 12, 31), date(2027, 1, 1)], "31 grudnia 2026 r. – 1 stycznia 2027 r."),
        (march(12, 19), "12 i 19 marca 2027 r."),
        (march(12, 19, 25, 26), "12, 19 i 25–26 marca 2027 r."),
        ([*march(12, 19), date(2027, 4, 2)], "12 i 19 marca i 2 kwietnia 2027 r."),
        ([date(2026, 12, 30), date(2027, 1, 2)], "30 grudnia 2026 r. i 2 stycznia 2027 r."),
        (
            [date(2027, 3, 1) + timedelta(days=7 * week) for week in range(7)],
            "1 marca – 12 kwietnia 2027 r. (7 dni)",
        ),
    ],
)
def test_days_are_told_as_a_person_says_them(days: list[date], words: str) -> None:
    assert days_in_words(days).replace("\xa0", " ") == words
