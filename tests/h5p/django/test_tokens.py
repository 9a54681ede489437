"""Addresses that name a version and expire."""

from datetime import UTC, datetime, timedelta

import pytest

from h5p.django.tokens import SLOT, BadToken, Grant, read, sign

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def test_what_was_signed_is_read() -> None:
    assert read(sign(Grant(7), now=NOON), now=NOON) == Grant(7)
    assert read(sign(Grant(7, is_preview=True), now=NOON), now=NOON) == Grant(7, is_preview=True)


def test_everybody_gets_the_same_address_within_half_a_day() -> None:
    assert sign(Grant(7), now=NOON) == sign(Grant(7), now=NOON + timedelta(hours=11))


def test_an_address_lives_for_half_a_day_at_least_and_a_day_at_most() -> None:
    late = NOON + timedelta(seconds=SLOT - 1)
    token = sign(Grant(7), now=late)
    assert read(token, now=late + timedelta(hours=12)) == Grant(7)
    with pytest.raises(BadToken):
        read(token, now=NOON + timedelta(hours=24))


def test_an_address_of_the_future_is_refused() -> None:
    with pytest.raises(BadToken):
        read(sign(Grant(7), now=NOON + timedelta(hours=12)), now=NOON)


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "8" + t[1:], lambda t: "", lambda t: "7.1.0"])
def test_a_changed_address_is_refused(change: object) -> None:
    with pytest.raises(BadToken):
        read(change(sign(Grant(7), now=NOON)), now=NOON)  # type: ignore[operator]


def test_a_preview_cannot_be_made_of_a_learners_address() -> None:
    value, signature = sign(Grant(7), now=NOON).split("~")
    with pytest.raises(BadToken):
        read(f"{value[:-1]}1~{signature}", now=NOON)
