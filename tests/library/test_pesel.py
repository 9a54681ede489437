"""A PESEL is noticed however it is typed; other long numbers are not."""

from datetime import date

import pytest

from library.pesel import holds_pesel

TODAY = date(2026, 11, 23)

# Made up, with right checksums: of 14 May 1944 and of 8 July 2002.
OLD, YOUNG = "44051401359", "02270803624"


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        YOUNG,
        f"Jan Kowalski, PESEL {OLD}.",
        f"PESEL:{OLD}",
        "44 05 14 01359",
        "440514-01359",
        "440514–01359",
        "44.05.14.01359",
        "440514\xa001359",
        "4 4 0 5 1 4 0 1 3 5 9",
        "440514 -\n01359",
        "４４０５１４０１３５９",
        f"{OLD} 18-400 Łomża",
        f"tel. 600 100 200, {OLD}",
    ],
)
def test_a_pesel_is_noticed(text: str) -> None:
    assert holds_pesel(text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "44051401358",  # the checksum
        "44130100000",  # a thirteenth month
        "02300203629",  # the 30th of February
        "00000000000",
        "12 1140 2004 0000 3002 0135 5387",  # a bank account
        "12114020040000300201355387",
        f"1{OLD}",
        f"{OLD}1",
        "tel. 600 100 200",
        "NIP 718-10-00-000",
        "REGON 450669806",
        "7.10.2026",
        "Umowa nr 12/2026 z dnia 7.10.2026",
    ],
)
def test_other_numbers_are_not(text: str) -> None:
    assert not holds_pesel(text, today=TODAY)


def test_nobody_was_born_tomorrow() -> None:
    digits = [int(digit) for digit in "2631230000"]
    total = sum(digit * weight for digit, weight in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    number = f"2631230000{-total % 10}"
    assert holds_pesel(number, today=TODAY)
    assert not holds_pesel(number, today=date(2026, 11, 22))
