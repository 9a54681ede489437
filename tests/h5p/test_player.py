"""The object that the page of a player starts with: the core finds what it reads, and nothing leaves its script."""

import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from h5p.names import LibraryName
from h5p.player import Playable, integration, to_inline_json

CORE = Path(__file__).parents[2] / "var" / "assets" / "h5p-standalone" / "dist" / "frame.bundle.js"
# The core asks whether these are there: a person, who is not part of the page, and what a host may add.
OPTIONAL = {"user", "crossoriginRegex", "crossoriginCacheBuster", "fullscreenDisabled"}


def playable(**changes: Any) -> Playable:
    values = {
        "id": "12",
        "library": LibraryName("H5P.MultiChoice", 1, 16),
        "title": "Rozmowa",
        "params": {"question": "Zażółć?"},
        "site_url": "https://example.org",
        "url": "https://example.org/h5p/content/12",
        "content_url": "https://example.org/h5p/c/token",
        "libraries_url": "https://example.org/h5p/lib",
        "directories": {"H5P.MultiChoice-1.16": "abc"},
        "core_strings": {"fullscreen": "Pełny ekran"},
    }
    return Playable(**values | changes)


def test_a_content_is_found_by_its_id():
    given = integration(playable(fullscreen=True, scripts=["/a.js"], styles=["/a.css"]))
    content = given["contents"]["cid-12"]
    assert content["library"] == "H5P.MultiChoice 1.16"
    assert json.loads(content["jsonContent"]) == {"question": "Zażółć?"}
    assert (content["fullScreen"], content["scripts"], content["styles"]) == (1, ["/a.js"], ["/a.css"])
    assert given["libraryDirectories"] == {"H5P.MultiChoice-1.16": "abc"}
    assert given["l10n"]["H5P"]["fullscreen"] == "Pełny ekran"


def test_metadata_is_that_of_the_package_with_what_the_core_expects():
    metadata = integration(playable())["contents"]["cid-12"]["metadata"]
    assert metadata == {"title": "Rozmowa", "license": "U", "defaultLanguage": "und"}
    given = playable(
        metadata={"title": "Stary tytuł", "license": "CC BY", "authors": [{"name": "Anna"}]}, language="pl"
    )
    metadata = integration(given)["contents"]["cid-12"]["metadata"]
    assert (metadata["title"], metadata["license"], metadata["defaultLanguage"]) == ("Rozmowa", "CC BY", "pl")
    assert metadata["authors"] == [{"name": "Anna"}]


def test_state_is_saved_now_and_then_or_never():
    assert integration(playable())["saveFreq"] == 10
    assert integration(playable(save_seconds=None))["saveFreq"] is False


def test_nobody_is_named():
    assert "user" not in integration(playable())


@pytest.mark.skipif(not CORE.exists(), reason="the player core is not installed: run.py fetches it")
def test_every_key_that_the_core_reads_is_there():
    core = CORE.read_text("utf-8")
    read = set(re.findall(r"H5PIntegration\.([A-Za-z0-9_]+)", core))
    assert len(read) > 15
    assert read - OPTIONAL <= integration(playable()).keys()


class _Scripts(HTMLParser):
    """Collects what is in script elements, as a browser tells where they end."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


nasty = st.text() | st.sampled_from(
    ["</script><img>", "<!--<script>", "]]>", "\u2028\u2029", "&lt;", "\\", '"', "</SCRIPT\t"]
)


@given(st.recursive(nasty, lambda inner: st.lists(inner) | st.dictionaries(nasty, inner), max_leaves=8))
def test_nothing_breaks_out_of_an_inline_script(value):
    written = to_inline_json(value)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == value
    page = _Scripts()
    page.feed(f'<script type="application/json">{written}</script>')
    page.close()
    assert page.tags == ["script"]
    assert page.text == written


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_browsers_cannot_parse_is_not_written(number):
    with pytest.raises(ValueError, match="JSON"):
        to_inline_json([number])
