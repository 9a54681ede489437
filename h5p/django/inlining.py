"""Small fonts and images of styles, put into the styles themselves: a request less for each.

Of a font that comes in several formats only the best that is small enough is kept, since every browser that plays H5P
reads WOFF. What is larger stays an address.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from h5p.django.models import LibraryFile
from h5p.django.storage import open_blob
from h5p.media_types import media_type

FONT = 96 * 1024  # bytes of a font; FontAwesome 4.5, which most types use, has 65 KiB
IMAGE = 4 * 1024  # bytes of an image
IN_ALL = 512 * 1024  # bytes put into one bundle
FORMATS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}  # the best first
IMAGES = {".png", ".gif", ".jpg", ".jpeg", ".svg"}
_FONT_FACE = re.compile(r"(@font-face\s*+\{)([^{}]*+)\}", re.IGNORECASE)
_SOURCE = re.compile(r"""(?:^|(?<=;))\s*+src\s*+:(?:"[^"\n]*+"|'[^'\n]*+'|[^;"'])*+;?+""", re.IGNORECASE)

# (tree hash, path) of a file of a library
Place = tuple[str, str]


@dataclass(slots=True)
class Inliner:
    """Files that are small enough by their place, as hashes of their bytes; `left` bytes may still be put in."""

    files: dict[Place, str] = field(default_factory=dict)
    left: int = IN_ALL

    def data_of(self, place: Place) -> str | None:
        """The file as a data: address; None where it is not among the small ones, or there is no room left."""
        if place not in self.files:
            return None
        with open_blob(self.files[place]) as file:
            data = file.read()
        if len(data) > self.left:
            return None
        self.left -= len(data)
        kind = media_type(place[1]).partition(";")[0]
        return f"data:{kind};base64,{b64encode(data).decode()}"

    def fonts(self, css: str, addresses: Callable[[str], Iterable[Place]]) -> str:
        """The style with each font in it that is small; `addresses` finds the places that a piece of CSS names."""

        def face(match: re.Match[str]) -> str:
            named = {PurePosixPath(place[1]).suffix.lower(): place for place in addresses(match[2])}
            for ending, name in FORMATS.items():
                data = self.data_of(named[ending]) if ending in named else None
                if data:
                    others = _SOURCE.sub("", match[2]).strip().rstrip(";")
                    return f'{match[1]}{others};src:url("{data}") format("{name}")}}'
            return match[0]

        return _FONT_FACE.sub(face, css)

    def image(self, place: Place) -> str | None:
        """A small image as a data: address."""
        return self.data_of(place) if PurePosixPath(place[1]).suffix.lower() in IMAGES else None


def inliner(tree_hashes: Iterable[str]) -> Inliner:
    """For the styles of these libraries. One query."""
    rows = LibraryFile.objects.filter(library__tree_hash__in=set(tree_hashes), blob__size__lte=FONT)
    found = rows.values_list("library__tree_hash", "path", "blob__sha256", "blob__size")
    limits = dict.fromkeys(FORMATS, FONT) | dict.fromkeys(IMAGES, IMAGE)
    return Inliner(
        {
            (tree_hash, path): sha256
            for tree_hash, path, sha256, size in found
            if size <= limits.get(PurePosixPath(path).suffix.lower(), -1)
        }
    )
