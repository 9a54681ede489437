"""Files on the storage, each once under the hash of its bytes.

Files are written before the transaction that makes their rows, so that a large film does not keep the database from
others; what a failed import wrote is removed again. A file is removed in the transaction that deletes its row, while
that row is locked: whoever wants the same bytes meanwhile waits, finds no row and writes them anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from h5p.django.models import Blob, ContentFile, LibraryFile

# Databases allow only so many values in one query.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to keep: their SHA-256 in hexadecimal, their number, and how to open them."""

    sha256: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(slots=True)
class Kept:
    """Files of one import: all `sources`, and which of them were `written` for it."""

    sources: dict[str, Source]
    written: set[str] = field(default_factory=set)

    def register(self) -> None:
        """Make the rows. Call it in the transaction that makes what points at them; it locks them until its end."""
        known = {blob.sha256 for blob in _rows(self.sources, lock=True)}
        new = [source for sha256, source in self.sources.items() if sha256 not in known]
        rows = [Blob(sha256=source.sha256, size=source.size) for source in new]
        Blob.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        for source in new:
            # Another process may have been writing it, or removing it, when we looked for the first time.
            if not _is_whole(source):
                the_storage().delete(Blob(sha256=source.sha256).path)
                self.write(source)

    def write(self, source: Source) -> None:
        """Write one file, unless somebody else was quicker."""
        path = Blob(sha256=source.sha256).path
        self.written.add(source.sha256)
        with source.open() as stream:
            saved = the_storage().save(path, File(stream))
        if saved != path:
            the_storage().delete(saved)


def the_storage() -> Storage:
    """Where the files are: the alias in the setting `H5P_STORAGE`."""
    return storages[getattr(settings, "H5P_STORAGE", "default")]


@contextmanager
def keeping(sources: Iterable[Source]) -> Iterator[Kept]:
    """Write what is not kept yet, piece by piece; nothing of it stays where the block raises."""
    kept = Kept({source.sha256: source for source in sources})
    try:
        known = {blob.sha256 for blob in _rows(kept.sources)}
        for sha256, source in kept.sources.items():
            if sha256 not in known and not the_storage().exists(Blob(sha256=sha256).path):
                kept.write(source)
        yield kept
    except BaseException:
        _forget(kept)
        raise


def open_blob(sha256: str) -> BinaryIO:
    """A stream of the bytes with this hash. Raises FileNotFoundError."""
    file: BinaryIO = the_storage().open(Blob(sha256=sha256).path)  # type: ignore[assignment]  # Django's File is one
    return file


def discard_orphans(hashes: Iterable[str] | None = None) -> int:
    """Remove files that nothing points at, of these hashes or of all; says how many."""
    count = 0
    wanted = list(hashes) if hashes is not None else list(_orphans().values_list("sha256", flat=True))
    for batch in _batches(wanted):
        with transaction.atomic():
            orphans = list(_orphans().filter(sha256__in=batch).select_for_update())
            Blob.objects.filter(sha256__in=[blob.sha256 for blob in orphans]).delete()
            for blob in orphans:
                the_storage().delete(blob.path)
        count += len(orphans)
    return count


def _forget(kept: Kept) -> None:
    """Remove what was written: first as rows, so that nobody who found the files there loses them."""
    rows = [Blob(sha256=sha256, size=kept.sources[sha256].size) for sha256 in kept.written]
    Blob.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    discard_orphans(kept.written)


def _orphans() -> QuerySet[Blob]:
    in_library = LibraryFile.objects.filter(blob=OuterRef("pk"))
    in_content = ContentFile.objects.filter(blob=OuterRef("pk"))
    return Blob.objects.filter(~Exists(in_library), ~Exists(in_content))


def _is_whole(source: Source) -> bool:
    """Whether the storage has the file to its last byte: a process may have died while it wrote it."""
    storage, path = the_storage(), Blob(sha256=source.sha256).path
    return storage.exists(path) and storage.size(path) == source.size


def _rows(sources: Mapping[str, Source], *, lock: bool = False) -> Iterator[Blob]:
    for batch in _batches(list(sources)):
        found = Blob.objects.filter(sha256__in=batch)
        yield from found.select_for_update() if lock else found


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(values)
    while batch := list(islice(waiting, BATCH)):
        yield batch
