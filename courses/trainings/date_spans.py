"""Several days in words: „27–28 marca 2027 r.”, „12 i 19 marca 2027 r.”. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from django.utils.dateformat import format as format_date

from elearning.cms.templatetags.polish import NBSP, polish_date

MOST_TOLD = 6  # stretches of days that are told one by one


def days_in_words(days: Iterable[date]) -> str:
    """The days as a person says them, in the order of the calendar; nothing for none.

    Days that follow each other are told as one stretch. Of more than six stretches only the ends are told.
    """
    told = sorted(set(days))
    if not told:
        return ""
    if told[-1] - told[0] == timedelta(days=len(told) - 1):
        return _stretch(told[0], told[-1])
    if len(_stretches(told)) > MOST_TOLD:
        return f"{_stretch(told[0], told[-1])} ({len(told)}{NBSP}dni)"
    years = [list(group) for _, group in groupby(told, lambda day: day.year)]
    return _listed([_of_a_year(group) for group in years])


def _stretch(first: date, last: date) -> str:
    """„27–28 marca 2027 r.”, „31 marca – 1 kwietnia 2027 r.”; one day where both are the same."""
    if first == last:
        return polish_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{polish_date(last)}"
    start = format_date(first, f"j{NBSP}E") if first.year == last.year else polish_date(first)
    return f"{start} –{NBSP}{polish_date(last)}"


def _of_a_year(days: Sequence[date]) -> str:
    """„12, 14–15 marca i 2 kwietnia 2027 r.”"""
    months = [list(group) for _, group in groupby(days, lambda day: day.month)]
    words = [
        _listed([_numbers(run) for run in _stretches(month)]) + format_date(month[0], f"{NBSP}E") for month in months
    ]
    return f"{_listed(words)}{NBSP}{days[0].year}{NBSP}r."


def _numbers(run: Sequence[date]) -> str:
    return str(run[0].day) if len(run) == 1 else f"{run[0].day}–{run[-1].day}"


def _stretches(days: Sequence[date]) -> list[list[date]]:
    """The days cut where one is missing."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _listed(words: Sequence[str]) -> str:
    """„a, b i c”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} i{NBSP}{words[-1]}"
