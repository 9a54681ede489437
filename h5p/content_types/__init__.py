"""The content types that this package brings along, each in a folder as H5P packages hold them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from h5p.build import BuiltLibrary, Reader
from h5p.description import parse_description
from h5p.library import Library, tree_hash

FOLDER = Path(__file__).parent


def library_folders() -> tuple[Path, ...]:
    """The folders of the libraries, `<machineName>-<major>.<minor>`, in the order of their names."""
    return tuple(sorted(path.parent for path in FOLDER.glob("*/library.json")))


def read_folder(folder: Path) -> BuiltLibrary:
    """A library as it lies in a folder, to be packed or installed. Raises `InvalidPackage`."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    languages = {path.stem: _json(path) for path in sorted((folder / "language").glob("*.json"))}
    library = Library(
        description=parse_description(_json(folder / "library.json"), folder=folder.name),
        tree_hash=tree_hash(digests),
        files=digests,
        semantics=tuple(_json(folder / "semantics.json")),
        languages=languages,
    )
    return BuiltLibrary(library, {name: _reader(path) for name, path in files.items()})


def _reader(path: Path) -> Reader:
    return lambda: path.open("rb")


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
