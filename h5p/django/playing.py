"""What the page around a player and the page in its frame need to know.

The page in the frame is the same for everybody; what belongs to a person stays in the page around it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from h5p.description import parse_description
from h5p.django.bundles import Kind, Piece, bundle
from h5p.django.models import ContentVersion, Library
from h5p.library import LibraryDescription
from h5p.names import LibraryName

CORE_SCRIPTS = ("vendor/h5p-standalone/dist/frame.bundle.js",)
CORE_STYLES = ("vendor/h5p-standalone/dist/styles/h5p.css",)
VERSIONS = ContentVersion.objects.select_related("content", "main_library")


class NotPlayable(Exception):
    """Why a content does not play; the words are for the person who wanted to play it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom the page in the frame is: learners, authors in a preview, or another site (`is_alone`)."""

    token: str
    is_preview: bool = False
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Pinned:
    """A library of a version, with what its library.json says."""

    row: Library
    description: LibraryDescription


def addresses(origin: str, token: str) -> list[str]:
    """Where the frame may load from: the player, libraries, bundles, and the files of its content."""
    own = [f"{settings.STATIC_URL}vendor/h5p-standalone/", f"{settings.STATIC_URL}h5p/", *_folders(token)]
    return [urljoin(f"{origin}/", address) for address in own]


def pinned(version: ContentVersion) -> list[Pinned]:
    """The libraries of a version in the order in which they load. One query."""
    libraries = Library.objects.filter(pins__version=version).order_by("pins__weight")
    return [
        Pinned(row, parse_description(row.description, folder=_name(row).folder))
        for row in libraries.only("tree_hash", "machine_name", "major", "minor", "trust", "description")
    ]


def check_trust(libraries: Sequence[Pinned], *, is_preview: bool) -> None:
    """Authors preview what waits for consent; what is blocked plays for nobody. Raises `NotPlayable`."""
    states = {library.row.trust for library in libraries}
    if Library.Trust.BLOCKED in states:
        raise NotPlayable(_("This content uses a library that is blocked here."))
    if not is_preview and Library.Trust.QUARANTINED in states:
        raise NotPlayable(_("This content is being checked. Come back later."))


def frame_context(version: ContentVersion, frame: Frame, *, origin: str) -> dict[str, Any]:
    """What the page in the frame shows. Raises `NotPlayable`."""
    libraries = pinned(version)
    check_trust(libraries, is_preview=frame.is_preview)
    scripts = _pieces(libraries, "js")
    styles = _pieces(libraries, "css")
    script_bundle, style_bundle = bundle(scripts, "js"), bundle(styles, "css")
    singles = {"scripts": _singles(scripts), "styles": _singles(styles)}
    return {
        "title": version.content.title,
        "language": get_language() or "en",
        "integration": _integration(version, libraries, frame, origin),
        "settings": {**singles, "bundled": script_bundle is not None, "alone": frame.is_alone},
        "content_id": version.pk,
        "core_scripts": [static(path) for path in CORE_SCRIPTS],
        "core_styles": [static(path) for path in CORE_STYLES],
        "scripts": [reverse("h5p:bundle", args=[script_bundle])] if script_bundle else singles["scripts"],
        "styles": [] if style_bundle else singles["styles"],
        "style_bundle": reverse("h5p:bundle", args=[style_bundle]) if style_bundle else "",
    }


def _pieces(libraries: Sequence[Pinned], kind: Kind) -> list[Piece]:
    """The preloaded files of these libraries, without styles that one of them asks to drop."""
    dropped = {name for library in libraries for name in library.description.dropped_styles} if kind == "css" else set()
    return [
        Piece(library.row.tree_hash, path)
        for library in libraries
        if library.row.machine_name not in dropped
        for path in (library.description.scripts if kind == "js" else library.description.styles)
    ]


def _singles(pieces: Sequence[Piece]) -> list[str]:
    return [reverse("h5p:library_file", args=[piece.tree_hash, piece.path]) for piece in pieces]


def _folders(token: str) -> list[str]:
    """The folders of bundles, libraries and this content's files, as addresses that end with a slash."""
    probes = (("h5p:bundle", ["x"]), ("h5p:library_file", ["x", "x"]), ("h5p:content_file", [token, "x"]))
    ends = (1, 3, 1)
    return [reverse(name, args=args)[:-end] for (name, args), end in zip(probes, ends, strict=True)]


def _name(row: Library) -> LibraryName:
    return LibraryName(row.machine_name, row.major, row.minor)


def _integration(version: ContentVersion, libraries: Sequence[Pinned], frame: Frame, origin: str) -> dict[str, Any]:
    return {
        "baseUrl": origin,
        "url": f"{origin}/h5p",
        "siteUrl": origin,
        "urlLibraries": origin + reverse("h5p:library_file", args=["x", "x"])[:-4],
        "libraryDirectories": {_name(one.row).folder: one.row.tree_hash for one in libraries},
        "postUserStatistics": False,
        "saveFreq": 10,
        "l10n": {"H5P": {}},
        "crossorigin": "anonymous",
        "contents": {
            f"cid-{version.pk}": {
                "library": str(_name(version.main_library)),
                "jsonContent": json.dumps(version.filtered or version.params),
                "fullScreen": 1,
                "url": f"{origin}/h5p/content/{version.pk}",
                "contentUrl": origin + reverse("h5p:content_file", args=[frame.token, "x"])[:-2],
                "title": version.content.title,
                "displayOptions": {
                    "frame": False,
                    "export": False,
                    "embed": False,
                    "copyright": False,
                    "icon": False,
                    "copy": False,
                },
                "metadata": {"title": version.content.title, "license": "U", "defaultLanguage": "pl"},
                "contentUserData": {},
                "scripts": [],
                "styles": [],
            }
        },
    }
