"""The order of the Polish alphabet. No database."""

from random import Random

import pytest

from elearning.cms.alphabet import alphabetical


@pytest.mark.parametrize(
    "words",
    [
        ["Lis", "Lisa", "Łoś", "Mak"],
        ["Cwał", "Czubak", "Ćma", "Dąb"],
        ["Zając", "Źródło", "Żak"],
        ["Nowak", "Nowak-Zięba", "Nowakowska"],
        ["Nowak Anna", "Nowak Łucja", "Nowakowska Anna"],
        ["Muller", "Munk", "Müller", "Nowak"],
        ["Paz", "Quark", "Rój"],
        ["anna", "Ąbek"],
        ["Żak", "Дмитро"],
    ],
)
def test_words_stand_as_in_a_polish_dictionary(words: list[str]) -> None:
    mixed = Random(7).sample(words, len(words))
    assert sorted(mixed, key=alphabetical) == words


def test_a_letter_and_its_parts_are_one() -> None:
    assert alphabetical("Z\u0307ak")[0] == alphabetical("Żak")[0]


def test_case_does_not_part_people_of_one_name() -> None:
    assert sorted(["nowak", "Nowakowska", "NOWAK"], key=alphabetical) == ["NOWAK", "nowak", "Nowakowska"]
