"""Our catalogues fill the gaps of Wagtail's Polish, on pages and in its scripts."""

import ast
import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from elearning.accounts.models import User

FOLDER = Path(settings.LOCALE_PATHS[0]) / "pl" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
# A kind's name in the middle of a Polish sentence would need a case, which nobody can know.
OMITTED = {"%(model_name)s"}

both = pytest.mark.parametrize("domain", ["django", "djangojs"])


def written(domain: str) -> list[tuple[str, list[str]]]:
    """The entries of a .po file: each message with its translations, one or four."""
    entries = []
    for entry in (FOLDER / f"{domain}.po").read_text().split("\n\n"):
        lines = re.findall(r'^(msgid|msgstr)(?:\[\d\])? (".+")$', entry, re.MULTILINE)
        words = [(key, ast.literal_eval(text)) for key, text in lines]
        if words and words[0][1]:
            entries.append((words[0][1], [text for key, text in words if key == "msgstr"]))
    return entries


def known(domain: str, message: str) -> set[str]:
    """The placeholders that Wagtail fills in, in this message and in its plural."""
    entry = (FOLDER / f"{domain}.po").read_text().split(f"msgid {json.dumps(message, ensure_ascii=False)}\n")[1]
    return set(PLACEHOLDER.findall(message + entry.split("msgstr")[0]))


def compiled(domain: str) -> dict[str, list[str]]:
    """The same of the .mo file."""
    data = (FOLDER / f"{domain}.mo").read_bytes()
    _magic, _revision, count, originals, translations = struct.unpack("<5I", data[:20])

    def text(table: int, number: int) -> str:
        length, offset = struct.unpack_from("<2I", data, table + 8 * number)
        return data[offset : offset + length].decode()

    pairs = ((text(originals, number), text(translations, number)) for number in range(count))
    return {original.split("\0")[0]: translation.split("\0") for original, translation in pairs if original}


@both
def test_what_is_compiled_is_what_is_written(domain: str) -> None:
    assert compiled(domain) == dict(written(domain))


@both
def test_translations_keep_the_placeholders(domain: str) -> None:
    for message, translations in written(domain):
        needed = set(PLACEHOLDER.findall(message)) - OMITTED
        for translation in translations:
            assert needed <= set(PLACEHOLDER.findall(translation)) <= known(domain, message), message


def test_the_admin_reads_them() -> None:
    assert gettext("Checks") == "Sprawdzanie"
    assert [ngettext("%(num_pages)d page", "%(num_pages)d pages", n) % {"num_pages": n} for n in (1, 3, 5, 22)] == [
        "1 strona",
        "3 strony",
        "5 stron",
        "22 strony",
    ]


@pytest.mark.django_db
def test_the_scripts_of_the_admin_read_them(client: Client, administrator: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert '"Complex": "Trudny tekst"' in catalogue
