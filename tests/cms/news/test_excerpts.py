"""The beginning of a text."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms.excerpts import excerpt, plain, writable


def test_it_works() -> None:
    assert excerpt("<p>Zespół &amp; gmina</p><p>razem.</p>") == "Zespół & gmina razem."


def test_a_long_text_ends_after_a_whole_word() -> None:
    assert excerpt("<p>Zespół, gmina i powiat</p>", most=14) == "Zespół, gmina…"
    assert excerpt("<p>Zespół, gmina</p>", most=9) == "Zespół…"
    assert excerpt("<p>Kooperacja</p>", most=5) == "Koop…"


@given(text=st.text(), most=st.integers(2, 50))
def test_it_is_never_longer_and_begins_as_the_text_does(text: str, most: int) -> None:
    found = excerpt(text, most=most)
    assert len(found) <= most
    assert plain(text).startswith(found.removesuffix("…")) or found == plain(text)


@given(text=st.text())
def test_what_is_left_can_stand_in_xml(text: str) -> None:
    kept = writable(text).replace("&", "").replace("<", "").replace(">", "")
    ElementTree.fromstring(f"<a>{kept}</a>".encode())


@pytest.mark.parametrize("text", ["zażółć gęślą jaźń", "😀 „cytat”", "a\tb\nc"])
def test_ordinary_characters_stay(text: str) -> None:
    assert writable(text) == text
