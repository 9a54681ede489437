"""Zip packages read without trust: no way out of the package, no bomb, no end of files."""

import stat
import zipfile
import zlib
from io import BytesIO
from posixpath import normpath

from .base import Broken

MAX_FILES = 5_000
MAX_UNPACKED = 20 * 1024 * 1024  # bytes of all files that are read
MAX_RATIO = 200  # XML shrinks to a tenth, a bomb to a thousandth
RATIO_FROM = 1024 * 1024  # bytes unpacked; a small file may shrink as it likes
ENCRYPTED = 0x1


def is_zip(content: bytes) -> bool:
    """Whether the content says that it is a zip file."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Package:
    """The files of a zip, each read when it is asked for, all together within the limits."""

    def __init__(self, content: bytes) -> None:
        """Raises `Broken`."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise Broken("Paczka zip jest uszkodzona albo niepełna.") from None
        files = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(files) > MAX_FILES:
            raise Broken(f"Paczka ma za dużo plików. Może ich być najwyżej {MAX_FILES}.")
        for entry in self._zip.infolist():
            _checked(entry)
        self._read: dict[str, bytes] = {}
        self._files = {normpath(entry.filename): entry for entry in files if not _is_litter(entry.filename)}
        if sum(entry.file_size for entry in files) > MAX_UNPACKED:
            raise Broken(f"Paczka po rozpakowaniu jest za duża. Może mieć najwyżej {MAX_UNPACKED // 1024 // 1024} MB.")

    @property
    def names(self) -> list[str]:
        """The paths of the files, from the package's root."""
        return list(self._files)

    def read(self, name: str) -> bytes | None:
        """The content of a file, None where there is none. Raises `Broken` for one that lies about its size.

        A file is unpacked once, however many items show it.
        """
        entry = self._files.get(normpath(name))
        if entry is None:
            return None
        if entry.filename in self._read:
            return self._read[entry.filename]
        try:
            with self._zip.open(entry) as file:
                content = file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
            raise Broken("Paczka zip jest uszkodzona albo niepełna.", place=name) from None
        if len(content) > entry.file_size:
            raise Broken("Plik w paczce jest większy, niż podaje.", place=name)
        self._read[entry.filename] = content
        return content


def _checked(entry: zipfile.ZipInfo) -> None:
    """Raises `Broken` for an entry that only an attack needs, or that nobody can read."""
    name = entry.filename
    if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
        raise Broken("Paczka ma plik o ścieżce, która z niej wychodzi. Takiej paczki nie czytamy.", place=name[:100])
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Broken("Paczka ma dowiązanie zamiast pliku. Takiej paczki nie czytamy.", place=name[:100])
    if entry.flag_bits & ENCRYPTED:
        raise Broken("Paczka jest zaszyfrowana hasłem.", place=name[:100])
    if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise Broken("Plik w paczce rozpakowuje się do podejrzanie dużego rozmiaru.", place=name[:100])


def _is_litter(name: str) -> bool:
    """What macOS adds to every zip."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")
