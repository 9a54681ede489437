"""A file that travels with a form. No database."""

import os

import pytest

from courses.trainings import carried_files
from courses.trainings.carried_files import Tampered, TooLarge


def test_a_file_comes_back_as_it_went() -> None:
    data = b"\xff\xfe\0\0 imi\xea;\0" * 1000
    value = carried_files.pack("Obecność 6.10.csv", data, place="7")
    assert len(value) < 1000
    assert carried_files.unpack(value, place="7") == ("Obecność 6.10.csv", data)


@pytest.mark.parametrize("change", [lambda value: value[1:], lambda value: "", lambda value: value + "x"])
def test_what_somebody_changed_is_refused(change: object) -> None:
    value = carried_files.pack("a.csv", b"dane", place="7")
    with pytest.raises(Tampered):
        carried_files.unpack(change(value), place="7")  # type: ignore[operator]


def test_a_file_is_good_for_its_own_place_only() -> None:
    value = carried_files.pack("a.csv", b"dane", place="7")
    with pytest.raises(Tampered):
        carried_files.unpack(value, place="8")


def test_what_no_form_could_send_is_refused_before_it_is_shown() -> None:
    with pytest.raises(TooLarge):
        carried_files.pack("a.csv", os.urandom(2 * 1024 * 1024), place="7")
