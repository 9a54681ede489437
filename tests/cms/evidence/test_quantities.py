"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms import quantities
from elearning.cms.quantities import Quantity


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("86,34%", "86.34", "%"),
        ("74 %", "74", "%"),
        ("16 miesięcy", "16", "miesięcy"),
        ("596", "596", ""),
        ("27 773 272,46 zł", "27773272.46", "zł"),
        ("31\xa0023\xa0712,56\xa0zł", "31023712.56", "zł"),
        (" 5 ", "5", ""),
    ],
)
def test_a_number_and_its_unit_are_read(text: str, number: str, unit: str) -> None:
    assert quantities.read(text) == Quantity(Decimal(number), unit)


@pytest.mark.parametrize(
    "text", ["", "około 5", "16–17", "2019/2020", "1,2,3", "3 z 4", "12 34", "-5", "1e9", "9" * 13, "5\x00%" + "a" * 60]
)
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    assert quantities.read(text) is None


@given(st.decimals(min_value=0, max_value=10**11, places=3), st.sampled_from(["", "%", "osób", "zł"]))
def test_what_is_written_is_read_again(number: Decimal, unit: str) -> None:
    assert quantities.read(quantities.written(Quantity(number, unit))) == Quantity(number, unit)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = quantities.read(text)
    assert found is None or found.number >= 0


def test_amounts_of_money_have_grosze() -> None:
    assert quantities.zlotys(Decimal("27773272.46")) == "27\xa0773\xa0272,46\xa0zł"
    assert quantities.zlotys(Decimal(5)) == "5,00\xa0zł"


def test_shares_are_told_with_one_decimal_place() -> None:
    assert quantities.percent(Decimal(140), Decimal(172)) == "81,4%"
    assert quantities.percent(Decimal(1), Decimal(2)) == "50%"
    assert quantities.percent(Decimal(0), Decimal(0)) == "0%"
