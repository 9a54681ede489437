"""The zip file of a package, opened with distrust: limits hold while bytes are read, whatever the headers say."""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self, cast

from h5p.issues import Findings, InvalidPackage, Issue, shown

MEGABYTE = 1024 * 1024

# Finder's and other tools' droppings, which H5P ignores: .DS_Store, __MACOSX, _notes.
_SKIPPED = re.compile(r"(^|/)[._]")
# Control, direction, surrogate and line separating characters: invisible, and some deceive.
_BAD_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1 | 0x40 | 0x2000
# One record of the central directory is 46 bytes and the path; this leaves room for both and for extra fields.
_RECORD_BYTES = 400
# Bytes unpacked at a time, so that limits are looked at often.
_PIECE = 64 * 1024
# What zipfile and zlib raise on damaged input; all of it means the same to us.
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a package may hold. Sizes are bytes after unpacking.

    The valid packages that we measured reach 1,694 files, 41 MB, a ratio of 17, paths of 102 characters, JSON 21 deep
    and 0.3 MB of content.json; films make packages larger than that.
    """

    files: int = 10_000
    total_bytes: int = 2048 * MEGABYTE
    file_bytes: int = 1024 * MEGABYTE
    # Unpacked size by packed size, looked at from `ratio_from` bytes on: small files may be very regular.
    ratio: int = 100
    ratio_from: int = MEGABYTE
    # Room for the host to keep it in a column of 255 characters.
    path_length: int = 240
    folders: int = 20
    json_depth: int = 100
    json_bytes: int = 8 * MEGABYTE
    # All JSON of a package is held in memory: its bytes, and the values, each some 60 bytes there.
    json_total_bytes: int = 32 * MEGABYTE
    json_total_values: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive. `size` is what the header says, to show and to plan, not to rely on.

    `copies` is more than 1 where a packer wrote the same file again; the reader checks that they agree.
    """

    path: str
    size: int
    copies: int = 1


class Archive:
    """The files of a package. Raises InvalidPackage if `source`, a seekable binary file, is no readable zip file.

    Files that break a rule are left out of `entries`, and `issues` say why: `h5p.package.read` refuses such a package
    after it has looked at the rest. Reading raises InvalidPackage at the byte where a limit is passed or damage shows.
    """

    def __init__(self, source: BinaryIO, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._source = _Source(source, self.limits.files * _RECORD_BYTES)
        self._zip = _open_zip(self._source, self.limits)
        self._infos: dict[str, list[zipfile.ZipInfo]] = {}
        self._spent: dict[tuple[str, int], int] = {}
        self._total = 0
        findings = Findings()
        infos = self._zip.infolist()
        if len(infos) > self.limits.files:
            raise InvalidPackage([Issue("too-many-files", "", {"limit": self.limits.files})])
        for info in infos:
            self._admit(info, findings)
        _refuse_collisions(self._infos, findings)
        self.issues = findings.issues
        self.entries: Mapping[str, Entry] = {
            path: Entry(path, copies[0].file_size, len(copies)) for path, copies in self._infos.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def open(self, path: str, copy: int = 0) -> BinaryIO:
        """A stream of the file's bytes. Raises KeyError for a path that is not in `entries`."""
        info = self._infos[path][copy]
        try:
            return cast("BinaryIO", io.BufferedReader(_Guarded(self, info, path, copy), _PIECE))
        except _DAMAGE as error:
            raise InvalidPackage([Issue("damaged-file", path)]) from error

    def spend(self, path: str, copy: int, count: int, packed: int) -> None:
        """Account for `count` bytes unpacked so far from one file of `packed` bytes; raises where a limit is passed.

        Reading a file a second time costs nothing. The whole is also measured against the bytes of the archive, which
        no header can exaggerate.
        """
        before = self._spent.get((path, copy), 0)
        if count > before:
            self._spent[path, copy] = count
            self._total += count - before
        limits = self.limits
        if count > limits.file_bytes:
            raise InvalidPackage([Issue("file-too-large", path, {"limit": limits.file_bytes // MEGABYTE})])
        if self._total > limits.total_bytes:
            raise InvalidPackage([Issue("package-too-large", "", {"limit": limits.total_bytes // MEGABYTE})])
        file_swells = count > limits.ratio_from and count > limits.ratio * packed
        if file_swells or self._total > max(limits.ratio_from, limits.ratio * self._source.size):
            raise InvalidPackage([Issue("compression-bomb", path, {"limit": limits.ratio})])

    def _admit(self, info: zipfile.ZipInfo, findings: Findings) -> None:
        path = _path(info)
        issue = _refusal(info, path, self.limits)
        if issue:
            findings.extend([issue])
        elif not path.endswith("/") and not _SKIPPED.search(path):
            self._admit_file(info, path, findings)

    def _admit_file(self, info: zipfile.ZipInfo, path: str, findings: Findings) -> None:
        copies = self._infos.setdefault(path, [])
        copies.append(info)
        # Which of two h5p.json counts differs from reader to reader, so not even equal ones are let in.
        if len(copies) > 1 and (path == "h5p.json" or info.CRC != copies[0].CRC):
            copies.pop()
            findings.add("duplicate-entry", path)

    def open_member(self, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
        """The unguarded stream; only for the guard."""
        return cast("zipfile.ZipExtFile", self._zip.open(info))


class _Source(io.RawIOBase):
    """The uploaded file. zipfile reads the whole list of files at once; a list without measure stops here."""

    def __init__(self, source: BinaryIO, most: int) -> None:
        super().__init__()
        self._inner = source
        self._most = max(most, MEGABYTE)
        self.size = source.seek(0, io.SEEK_END)

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._inner.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._inner.seek(offset, whence)

    def read(self, size: int = -1, /) -> bytes:
        if size > self._most:
            raise _ListTooLong
        return self._inner.read(size if size >= 0 else self._most)


class _ListTooLong(ValueError):
    """The archive names more files than any package has."""


class _Guarded(io.RawIOBase):
    """A file of the archive that counts its own bytes; translates damage into findings."""

    def __init__(self, archive: Archive, info: zipfile.ZipInfo, path: str, copy: int) -> None:
        super().__init__()
        self._archive, self._info, self._path, self._copy = archive, info, path, copy
        self._count = 0
        self._inner = archive.open_member(info)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # io gives a memoryview
        try:
            data = self._inner.read(min(len(buffer), _PIECE))
        except _DAMAGE as error:
            raise InvalidPackage([Issue("damaged-file", self._path)]) from error
        self._count += len(data)
        self._archive.spend(self._path, self._copy, self._count, self._info.compress_size)
        if not data and self._count != self._info.file_size:
            raise InvalidPackage([Issue("damaged-file", self._path)])
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_inner"):
            self._inner.close()
        super().close()


def _open_zip(source: _Source, limits: Limits) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(cast("BinaryIO", source))
    except _ListTooLong as error:
        raise InvalidPackage([Issue("too-many-files", "", {"limit": limits.files})]) from error
    except (*_DAMAGE, LookupError) as error:
        raise InvalidPackage([Issue("not-a-zip")]) from error


def _path(info: zipfile.ZipInfo) -> str:
    """The path as written. Packers that forget to mark UTF-8 get their Polish letters back."""
    name = info.orig_filename
    if info.flag_bits & _UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _refusal(info: zipfile.ZipInfo, path: str, limits: Limits) -> Issue | None:
    """Why one record of the archive is refused, from what its header says."""
    place = shown(path)
    if is_unsafe(path) or path.count("/") > limits.folders:
        return Issue("unsafe-path", place)
    if len(path) > limits.path_length:
        return Issue("path-too-long", place, {"limit": limits.path_length})
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return Issue("symlink", place)
    if info.flag_bits & _ENCRYPTED:
        return Issue("encrypted", place)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Issue("unsupported-compression", place)
    return None


def is_unsafe(path: str) -> bool:
    """Whether a path could lead out of a folder, or means different files on different systems.

    A drive letter, an alternate stream (`:`), a backslash, an empty, `.` or `..` part, an invisible character, or a
    part that ends in a space or full stop, which Windows drops.
    """
    if not path or "\\" in path or ":" in path:
        return True
    if not (path.isascii() and path.isprintable()) and any(unicodedata.category(c) in _BAD_CATEGORIES for c in path):
        return True
    return any(part == "" or part[-1] in ". " for part in path.removesuffix("/").split("/"))


def _refuse_collisions(paths: Iterable[str], findings: Findings) -> None:
    """Paths that are one file on some systems: by letter case, Unicode form, or a file that is also a folder."""
    seen: dict[str, tuple[str, bool]] = {}
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts) + 1):
            prefix, is_file = "/".join(parts[:depth]), depth == len(parts)
            known = seen.setdefault(_folded(prefix), (prefix, is_file))
            if known != (prefix, is_file):
                findings.add("case-collision", prefix, other=known[0])


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
