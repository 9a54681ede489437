"""Which addresses may be kept, and under what name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms.page_keys import is_plain, key_of

ALLOWED = {"rok", "strona"}
PARTS = {
    "token": "a1",
    "origin": "https://modele.example.pl",
    "path": "/aktualnosci/",
    "query": "rok=2020",
    "today": date(2026, 11, 23),
}


@pytest.mark.parametrize("query", ["", "strona=2", "rok=2020&strona=2", "rok="])
def test_known_parameters_with_plain_values_are_kept(query: str) -> None:
    assert is_plain(query, ALLOWED)


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x",
        "strona=2&strona=3",
        "strona=2&q=pieczy",
        "rok=%3Cscript%3E",
        "strona",
        "&",
        "strona=2&",
        "rok=" + "1" * 41,
        "rok=1;strona=2",
        "rok=1\nrok=2",
        "ROK=1",
        "rok=ż",
    ],
)
def test_anything_else_is_not(query: str) -> None:
    assert not is_plain(query, ALLOWED)


@given(st.text())
def test_no_query_passes_that_could_be_read_in_two_ways(query: str) -> None:
    if is_plain(query, ALLOWED):
        assert query == "" or all(part.split("=")[0] in ALLOWED for part in query.split("&"))
        assert query.isascii()
        assert not set(query) & set("%+;\"'<> ")


@pytest.mark.parametrize(
    "changed",
    [
        {"token": "b2"},
        {"origin": "http://modele.example.pl"},
        {"path": "/aktualnosci"},
        {"query": ""},
        {"today": date(2026, 11, 24)},
    ],
)
def test_each_part_makes_another_name(changed: dict[str, object]) -> None:
    assert key_of(**{**PARTS, **changed}) != key_of(**PARTS)  # type: ignore[arg-type]


def test_parts_cannot_pass_for_each_other() -> None:
    assert key_of(**{**PARTS, "path": "/a", "query": "b"}) != key_of(**{**PARTS, "path": "/ab", "query": ""})  # type: ignore[arg-type]
