"""Scripts and styles of a content in one file each, under the hash of what is in them.

Joined files behave as single ones: in their order; a "use strict" at the head of one binds no other; a style that ends
in the middle of a rule swallows nothing of the next. Before each script the bundle notes which one begins, so that the
frame can fetch by themselves those that did not run, where one of them fails or the whole cannot be parsed.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from posixpath import dirname, normpath
from typing import Literal

from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin

from h5p.django.inlining import Inliner, Place, inliner
from h5p.django.models import LibraryFile
from h5p.django.storage import open_blob, the_storage

Kind = Literal["js", "css"]

RULES = "2"  # how bundles are made; another value gives them other names
LARGEST = 16 * 1024 * 1024  # bytes of a bundle before it is minified; more than that is delivered one by one
MINIFIED = re.compile(r"[.-]min\.(js|css)$")
NAME = re.compile(r"[0-9a-f]{40}\.(js|css)")
# Comments and strings as wholes, so that nothing inside them counts; each alternative reads every character once.
_CSS_TOKEN = re.compile(
    r"""/\*[^*]*\*+(?:[^/*][^*]*\*+)*/ | /\*
    | "(?:[^"\\\n]|\\[\s\S])*"? | '(?:[^'\\\n]|\\[\s\S])*'? | \\[\s\S] | [{}()\[\]]""",
    re.VERBOSE,
)
# Possessive and bounded: a hostile style must not cost more time than it has bytes.
_CSS_URL = re.compile(r"""url\(\s*+(?:"([^"\n]*+)"|'([^'\n]*+)'|([^"'()\s]*+))\s*+\)""", re.IGNORECASE)
_CSS_IMPORT = re.compile(
    r"""@import\s++(?:url\(\s*+)?+["']?+([^"'();\s]{1,999}+)["']?+\s*+\)?+([^;{}]{0,200}+);""", re.IGNORECASE
)
_CSS_CHARSET = re.compile(r"""@charset\s++["'][^"'\n]{0,99}+["']\s*+;""", re.IGNORECASE)
_ABSOLUTE = re.compile(r"([a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)
_CLOSING = {"{": "}", "(": ")", "[": "]"}

# What this process knows to be in the storage, and to be whole there.
_present: set[str] = set()
_whole: set[str] = set()


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a library, by the hash of its tree."""

    tree_hash: str
    path: str


def bundle(pieces: Sequence[Piece], kind: Kind) -> str | None:
    """The name of the file that joins these, made if it is not there; None for those that are too large to join.

    Two queries and the reading of every file the first time, none later.
    """
    lines = "".join(f"{piece.tree_hash} {piece.path}\n" for piece in pieces)
    name = hashlib.sha256(f"{RULES} {kind}\n{lines}".encode()).hexdigest()[:40] + f".{kind}"
    if name in _present or the_storage().exists(_stored(name)):
        _present.add(name)
        return name
    texts = _read(pieces)
    if sum(len(text) for text in texts) > LARGEST:
        return None
    if kind == "js":
        joined = join_scripts(pieces, texts)
    else:
        joined = join_styles(pieces, texts, inliner(piece.tree_hash for piece in pieces))
    data = gzip.compress(joined.encode(), compresslevel=9, mtime=0)
    saved = the_storage().save(_stored(name), ContentFile(data))
    if saved != _stored(name):  # another process was quicker
        the_storage().delete(saved)
    _present.add(name)
    return name


def read_bundle(name: str) -> bytes | None:
    """A bundle compressed with gzip; None where there is none, or it is not written to its end yet."""
    if not NAME.fullmatch(name):
        return None
    try:
        with the_storage().open(_stored(name)) as file:
            packed: bytes = file.read()
        if name not in _whole:
            gzip.decompress(packed)
            _whole.add(name)
    except (OSError, EOFError, zlib.error):
        _present.discard(name)
        return None
    return packed


def join_scripts(pieces: Sequence[Piece], texts: Sequence[str]) -> str:
    """Scripts one after the other. `h5pFrame.at` is the number of the one that runs, at the end how many ran."""
    parts = []
    for number, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        body = text if MINIFIED.search(piece.path) else str(jsmin(text))
        parts.append(f";h5pFrame.at={number};\n{body}\n")
    return "".join([*parts, f";h5pFrame.at={len(pieces)};\n"])


def join_styles(pieces: Sequence[Piece], texts: Sequence[str], small: Inliner | None = None) -> str:
    """Styles one after the other, with addresses that hold from where bundles are; imports go first, as CSS asks.

    Fonts and images that are `small` are in it.
    """
    small = small or Inliner()
    imports: list[str] = []
    parts = []
    for piece, text in zip(pieces, texts, strict=True):
        body = _CSS_CHARSET.sub("", text)
        imports += _imports(piece, body)
        body = small.fonts(_CSS_IMPORT.sub("", body), partial(_places, piece))
        body = _CSS_URL.sub(partial(_url, piece, small), body)
        parts.append(closed(body) if MINIFIED.search(piece.path) else str(cssmin(closed(body))))
    return "".join([*imports, "\n".join(parts)])


def closed(css: str) -> str:
    """A style in which everything that is opened is closed, as a browser does at the end of a file."""
    open_ones: list[str] = []
    kept, position = [], 0
    for match in _CSS_TOKEN.finditer(css):
        mark = match[0]
        if mark == "/*":  # a comment without an end
            css = css[: match.start()]
            break
        if mark in _CLOSING:
            open_ones.append(_CLOSING[mark])
        elif open_ones and mark == open_ones[-1]:
            open_ones.pop()
        elif mark == "}" and not open_ones:  # it would take the next rule with it
            kept.append(css[position : match.start()])
            position = match.end()
        elif mark[0] in "\"'" and match.end() == len(css) and (len(mark) == 1 or mark[-1] != mark[0]):
            open_ones.append(mark[0])
    return "".join([*kept, css[position:], *reversed(open_ones)])


def _imports(piece: Piece, css: str) -> Iterable[str]:
    """Imports of the library's own styles; those from elsewhere are blocked in the frame anyway."""
    for target, media in _CSS_IMPORT.findall(css):
        if not _ABSOLUTE.match(target):
            yield f'@import "{_from_bundle(piece, target)}" {media.strip()};\n'


def _places(piece: Piece, css: str) -> Iterable[Place]:
    """The files of its own library that a piece of a style names."""
    for match in _CSS_URL.finditer(css):
        target = next(filter(None, match.groups()), "")
        if target and not _ABSOLUTE.match(target):
            yield piece.tree_hash, _inside(piece, target)[0]


def _url(piece: Piece, small: Inliner, match: re.Match[str]) -> str:
    target = next(filter(None, match.groups()), "")
    if not target or _ABSOLUTE.match(target):
        return match[0]
    path, rest = _inside(piece, target)
    image = None if rest else small.image((piece.tree_hash, path))
    if image:
        return f'url("{image}")'
    quoted = _from_bundle(piece, target).replace("\\", "\\\\").replace('"', '\\"').replace(" ", "%20")
    return f'url("{quoted}")'


def _from_bundle(piece: Piece, target: str) -> str:
    """The address of a library's file, seen from where the bundles are."""
    return f"../lib/{piece.tree_hash}/{''.join(_inside(piece, target))}"


def _inside(piece: Piece, target: str) -> tuple[str, str]:
    """The path of a file inside the library, and what follows it in the address from `?` or `#` on."""
    path, rest = re.match(r"([^?#]*)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    return normpath(f"/{dirname(piece.path)}/{path}").lstrip("/"), rest


def _read(pieces: Sequence[Piece]) -> list[str]:
    """The texts of these files. Raises `LibraryFile.DoesNotExist` where one is missing."""
    files = LibraryFile.objects.filter(
        library__tree_hash__in={piece.tree_hash for piece in pieces}, path__in={piece.path for piece in pieces}
    ).select_related("blob", "library")
    found = {
        Piece(file.library.tree_hash, file.path): file.blob for file in files.only("path", "blob", "library__tree_hash")
    }
    texts = []
    for piece in pieces:
        if piece not in found:
            raise LibraryFile.DoesNotExist(f"{piece.tree_hash} {piece.path}")
        with open_blob(found[piece].sha256) as file:
            texts.append(file.read().decode("utf-8-sig", errors="replace"))
    return texts


def _stored(name: str) -> str:
    return f"h5p/bundles/{name}.gz"
