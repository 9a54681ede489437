"""What the page of a player needs: the object `H5PIntegration`, which H5P's core reads when it starts.

The keys are those that the core of h5p-standalone 3.8.2 reads, and those that content types read. Nothing in the object
belongs to a person, so that the page is the same for everybody.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from h5p.names import LibraryName

# Content types look these up without asking whether they are there.
_NOTHING_AROUND = dict.fromkeys(("frame", "export", "embed", "copyright", "icon", "copy"), False)
# What would end a script element, or a line of a script in older browsers, written so that it cannot.
_ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """A content as it is to be played. Addresses are absolute and have no slash at their end.

    `url` names the content in xAPI statements and need not lead anywhere. `content_url` is the folder of its files,
    `libraries_url` that of all libraries; `directories` maps `H5P.X-1.2` to the part of the address below it.
    `core_strings` are the core's own words by key: one that is missing shows as "[Missing translation …]".
    `save_seconds` is how often the state is saved, None for never.
    """

    id: str
    library: LibraryName
    title: str
    params: Any
    site_url: str
    url: str
    content_url: str
    libraries_url: str
    directories: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    language: str = "und"
    fullscreen: bool = False
    save_seconds: int | None = 10
    core_strings: Mapping[str, str] = field(default_factory=dict)
    core_scripts: Sequence[str] = ()
    core_styles: Sequence[str] = ()
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    library_config: Mapping[str, Any] = field(default_factory=dict)


def integration(playable: Playable) -> dict[str, Any]:
    """The object `H5PIntegration` for a page with this one content.

    It names no `user` and no addresses to save at: whoever embeds the page takes over saving.
    """
    return {
        "baseUrl": playable.site_url,
        "siteUrl": playable.site_url,
        "url": playable.site_url,
        "urlLibraries": playable.libraries_url,
        "libraryDirectories": dict(playable.directories),
        "libraryConfig": dict(playable.library_config),
        "postUserStatistics": False,
        "reportingIsEnabled": True,
        "hubIsEnabled": False,
        "saveFreq": False if playable.save_seconds is None else playable.save_seconds,
        "ajax": {"setFinished": "", "contentUserData": ""},
        # Canvases read the pixels of images, which an opaque origin may only of those that are asked for like this.
        "crossorigin": "anonymous",
        "theme": {"density": "large"},
        "l10n": {"H5P": dict(playable.core_strings)},
        "core": {"scripts": list(playable.core_scripts), "styles": list(playable.core_styles)},
        "loadedJs": [],
        "loadedCss": [],
        "contents": {f"cid-{playable.id}": _content(playable)},
    }


def to_inline_json(value: Any) -> str:
    """JSON that may stand in a script element. Raises ValueError for numbers that JSON lacks, such as NaN."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPED)


def _content(playable: Playable) -> dict[str, Any]:
    return {
        "library": str(playable.library),
        "jsonContent": json.dumps(playable.params, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
        # Compared with 1 by the core.
        "fullScreen": int(playable.fullscreen),
        "url": playable.url,
        "contentUrl": playable.content_url,
        "title": playable.title,
        "displayOptions": dict(_NOTHING_AROUND),
        "metadata": _metadata(playable),
        "contentUserData": {},
        "exportUrl": "",
        "embedCode": "",
        "resizeCode": "",
        "scripts": list(playable.scripts),
        "styles": list(playable.styles),
    }


def _metadata(playable: Playable) -> dict[str, Any]:
    """As h5p.json has it, with what the core expects to be there."""
    return {
        "license": "U",
        "defaultLanguage": playable.language,
        **playable.metadata,
        "title": playable.title,
    }
