"""Patterns of addons: what the whole pattern would find, in a time that grows no faster than the text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from h5p.addons import LONGEST_PATTERN, MOST_ALTERNATIVES, MOST_TEXT, wants

FORMULA = r"/\$\$.+\$\$|\\\[.+\\\]|\\\(.+\\\)/"

_FIXED = st.lists(st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[]a]", r"\$", r"\[", "^", "$", r"\b"]), max_size=3)
_REPEATED = st.tuples(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\$", "[]a]"]),
    st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{,2}", "{1,}", "{0}", "+?", "*?"]),
)
_PATTERN = st.lists(st.tuples(_FIXED, _REPEATED, _FIXED), min_size=1, max_size=MOST_ALTERNATIVES).map(
    lambda parts: "|".join("".join([*before, *repeated, *after]) for before, repeated, after in parts)
)


@settings(max_examples=500, deadline=None)
@given(_PATTERN, st.text("abA$[]\n.", max_size=14), st.sampled_from(["", "i", "g"]))
def test_the_parts_find_what_the_whole_pattern_finds(pattern, text, flags):
    whole = re.search(pattern, text, re.IGNORECASE if "i" in flags else 0)
    assert wants([f"/{pattern}/{flags}"], [text]) is bool(whole)


@pytest.mark.parametrize(
    ("text", "is_wanted"),
    [
        (r"Pole: \(a^2\)", True),
        (r"\[x\]", True),
        ("$$x$$", True),
        ("$$" + "x+" * 5000 + "$$", True),
        ("5 $ i 7 $", False),
        ("$$$$", False),
        ("$$x\n$$", False),
        (r"\[x\)", False),
    ],
)
def test_an_addon_for_formulas_is_wanted_by_formulas_only(text, is_wanted):
    assert wants([FORMULA], ["tekst", text]) is is_wanted


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a+|b)(a+|c)(a+|d)x", "a?" * 30 + "a" * 30, "a+a+a+x", "(", "a{1,9}{1,9}", "a" * 101]
)
def test_a_pattern_that_could_take_forever_or_is_broken_is_not_used(pattern):
    assert not wants([pattern], ["a" * 5000])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (FORMULA, r"\[" * MOST_TEXT),
        (FORMULA, "$$" + "$\n" * MOST_TEXT),
        ("a.*x", "a" * MOST_TEXT),
        (".*1|.*2|.*3", "a" * MOST_TEXT),
        (("[ab]" * 23 + "c.*")[:LONGEST_PATTERN], "a" * MOST_TEXT),
    ],
)
def test_the_most_text_takes_no_longer_than_a_blink(pattern, text):
    assert min(seconds(pattern, [text]) for _ in range(3)) < 0.1


def test_twice_the_lines_take_about_twice_the_time():
    lines = "a\n" * (MOST_TEXT // 4 - 1)
    half, whole = ([lines * times + "x"] for times in (1, 2))
    timed = [min(seconds("a.*x|a.+x|a.{0,9}x", text) for _ in range(5)) for text in (half, whole)]
    assert timed[1] < 3.5 * timed[0] + 0.01


def test_no_more_texts_are_looked_at_than_allowed():
    assert wants(["x"], ["a"] * 100 + ["x"])
    assert not wants(["x"], ["a"] * MOST_TEXT + ["x"])


def seconds(pattern: str, texts: list[str]) -> float:
    before = time.process_time()
    wants([pattern], texts)
    return time.process_time() - before
