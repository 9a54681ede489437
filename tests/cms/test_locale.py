"""Our catalogue fills the gaps of Wagtail's Polish."""

import ast
import re
import struct
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, ngettext

FOLDER = Path(settings.LOCALE_PATHS[0]) / "pl" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def written() -> list[tuple[str, list[str]]]:
    """The entries of the .po file: each message with its translations, one or four."""
    entries = []
    for entry in (FOLDER / "django.po").read_text().split("\n\n"):
        lines = re.findall(r'^(msgid|msgstr)(?:\[\d\])? (".+")$', entry, re.MULTILINE)
        words = [(key, ast.literal_eval(text)) for key, text in lines]
        if words and words[0][1]:
            entries.append((words[0][1], [text for key, text in words if key == "msgstr"]))
    return entries


def compiled() -> dict[str, list[str]]:
    """The same of the .mo file."""
    data = (FOLDER / "django.mo").read_bytes()
    _magic, _revision, count, originals, translations = struct.unpack("<5I", data[:20])

    def text(table: int, number: int) -> str:
        length, offset = struct.unpack_from("<2I", data, table + 8 * number)
        return data[offset : offset + length].decode()

    pairs = ((text(originals, number), text(translations, number)) for number in range(count))
    return {original.split("\0")[0]: translation.split("\0") for original, translation in pairs if original}


def test_what_is_compiled_is_what_is_written() -> None:
    assert compiled() == dict(written())


def test_translations_keep_the_placeholders() -> None:
    for message, translations in written():
        for translation in translations:
            assert set(PLACEHOLDER.findall(translation)) == set(PLACEHOLDER.findall(message)), message


def test_the_admin_reads_them() -> None:
    assert gettext("Checks") == "Sprawdzanie"
    assert [ngettext("%(num_pages)d page", "%(num_pages)d pages", n) % {"num_pages": n} for n in (1, 3, 5, 22)] == [
        "1 strona",
        "3 strony",
        "5 stron",
        "22 strony",
    ]
