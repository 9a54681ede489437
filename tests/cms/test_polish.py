"""Polish wording, as tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.html import format_html

from elearning.cms.templatetags.polish import file_size, plural, polish_date, tidy


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "godzin"),
        (1, "godzina"),
        (2, "godziny"),
        (4, "godziny"),
        (5, "godzin"),
        (12, "godzin"),
        (14, "godzin"),
        (21, "godzin"),
        (22, "godziny"),
        (101, "godzin"),
        (112, "godzin"),
        (1.5, "godziny"),
        (Decimal("86.34"), "godziny"),
    ],
)
def test_plural_has_three_forms(number: float, form: str) -> None:
    assert plural(number, "godzina,godziny,godzin") == form


def test_a_date_is_the_local_day() -> None:
    assert polish_date(date(2021, 10, 7)) == "7\xa0października\xa02021\xa0r."
    assert polish_date(datetime(2021, 10, 6, 23, 30, tzinfo=UTC)) == "7\xa0października\xa02021\xa0r."
    assert polish_date(None) == ""


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1\xa0KB"), (84_100, "84\xa0KB"), (1_234_567, "1,2\xa0MB"), (None, "")]
)
def test_sizes_read_as_in_a_file_manager(size: int | None, words: str) -> None:
    assert file_size(size) == words


def test_one_letter_words_stay_with_the_next() -> None:
    assert tidy("Praca w gminie i w powiecie") == "Praca w\xa0gminie i\xa0w\xa0powiecie"


def test_tidying_neither_trusts_nor_escapes_more_than_before() -> None:
    shown = Template("{% load polish %}{{ text|tidy }}")
    assert shown.render(Context({"text": "w <b>"})) == "w\xa0&lt;b&gt;"
    assert shown.render(Context({"text": format_html('<a href="{}">w domu</a> i dalej', "/")})) == (
        '<a href="/">w domu</a> i\xa0dalej'
    )
