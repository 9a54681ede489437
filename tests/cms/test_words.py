"""Words as people look for them. No database."""

import pytest

from elearning.cms.words import MOST_STEMS, fold, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zażółć  GĘŚLĄ\njaźń", "zazolc gesla jazn"),
        ("Łódź", "lodz"),
        ("Z\u0301re\u0328bak", "zrebak"),
        ("Straße", "strasse"),
        ("  ", ""),
    ],
)
def test_folded_text_has_no_diacritics(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gmina gminie gminy gminą", ("gmin",)),
        ("zespołu zespołem zespołach zespół", ("zespol",)),
        ("rodziny rodzinie rodzinami", ("rodzin",)),
        ("rodzice rodzicom rodziców", ("rodzic",)),
        ("usługami usługach usługa", ("uslug",)),
        ("kooperacja kooperacji kooperację", ("kooperacj",)),
        ("społeczna społecznego społecznych", ("spoleczn",)),
        ("szkoła w szkole", ("szkol", "w")),
        ("dom i PZK", ("dom", "i", "pzk")),
        ("„Gmina” (2026), gmina!", ("gmin", "2026")),
        ("", ()),
        ("… – !", ()),
    ],
)
def test_words_lose_their_polish_endings(query: str, expected: tuple[str, ...]) -> None:
    assert stems(query) == expected


def test_a_long_query_is_cut() -> None:
    assert len(stems(" ".join(f"slowo{number}" for number in range(1000)))) == MOST_STEMS
