"""Libraries of packages become installed ones: which tree a content plays with, and the rows for new trees."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from h5p.django.models import Library, LibraryFile
from h5p.django.permissions import Person
from h5p.django.registry import as_core
from h5p.django.storage import BATCH
from h5p.library import Library as CoreLibrary
from h5p.names import LibraryName
from h5p.package import PackagedLibrary


@dataclass(slots=True)
class Choice:
    """Which tree stands for each library of a package, and which libraries only exist as blocked trees.

    `taken` are the trees of the package that count; the others give way to a trusted tree of the same or a newer patch.
    """

    libraries: list[CoreLibrary] = field(default_factory=list)
    taken: list[PackagedLibrary] = field(default_factory=list)
    blocked: set[LibraryName] = field(default_factory=set)


def choose(packaged: Sequence[PackagedLibrary]) -> Choice:
    """Decide between the trees of a package and the installed ones. At most two queries.

    A tree from a stranger never takes the place of a trusted one; it is installed beside it only if it is newer.
    """
    installed = _installed(packaged)
    choice, replaced = Choice(), []
    for library in packaged:
        rows = [row for row in installed if _is_same_minor(row, library.library)]
        own = next((row for row in rows if row.tree_hash == library.library.tree_hash), None)
        patch = library.library.description.patch
        trusted = [row for row in rows if row.trust == Library.Trust.TRUSTED and row.patch >= patch]
        if own in trusted or (not trusted and (own is None or own.trust != Library.Trust.BLOCKED)):
            choice.libraries.append(library.library)
            choice.taken.append(library)
        elif trusted:
            replaced.append(max(trusted, key=lambda row: (row.patch, row.pk)).pk)
        else:
            choice.blocked.add(library.library.name)
    choice.libraries += [as_core(row) for row in Library.objects.in_bulk(replaced).values()] if replaced else []
    return choice


def install(
    packaged: Iterable[PackagedLibrary],
    *,
    user: Person | None,
    source: Library.Source = Library.Source.UPLOAD,
    trust: bool = False,
) -> dict[str, Library]:
    """Rows for these trees by tree hash; bytes that are there are not stored again. Call it in a transaction.

    The files must be registered. Trees wait for consent unless `trust`. Six queries, and one for every 500 files.
    """
    wanted = {library.library.tree_hash: library for library in packaged}
    consent = {"trust": Library.Trust.TRUSTED, "trusted_by": user, "trusted_at": timezone.now()} if trust else {}
    if trust:
        Library.objects.filter(tree_hash__in=wanted, trust=Library.Trust.QUARANTINED).update(**consent)
    known = _by_hash(wanted)
    new = {tree_hash: library for tree_hash, library in wanted.items() if tree_hash not in known}
    if not new:
        return known
    # Another import may bring the same tree at the same time.
    rows = [_row(library, {"source": source, "added_by": user, **consent}) for library in new.values()]
    Library.objects.bulk_create(rows, batch_size=20, ignore_conflicts=True)
    made = _by_hash(new)
    files = [
        LibraryFile(library=made[tree_hash], path=path, blob_id=file.sha256)
        for tree_hash, library in new.items()
        for path, file in library.members.items()
    ]
    LibraryFile.objects.bulk_create(files, batch_size=BATCH, ignore_conflicts=True)
    return known | made


def _installed(packaged: Sequence[PackagedLibrary]) -> list[Library]:
    names = {library.library.name.machine_name for library in packaged}
    rows = Library.objects.filter(machine_name__in=names)
    return list(rows.only("tree_hash", "machine_name", "major", "minor", "patch", "trust"))


def _is_same_minor(row: Library, library: CoreLibrary) -> bool:
    name = library.name
    return (row.machine_name, row.major, row.minor) == (name.machine_name, name.major, name.minor)


def _by_hash(hashes: Iterable[str]) -> dict[str, Library]:
    rows = Library.objects.filter(tree_hash__in=list(hashes)).defer("semantics", "languages", "description")
    return {row.tree_hash: row for row in rows.select_for_update()}


def _row(packaged: PackagedLibrary, state: Mapping[str, Any]) -> Library:
    library, description = packaged.library, packaged.library.description
    return Library(
        tree_hash=library.tree_hash,
        machine_name=library.name.machine_name,
        major=library.name.major,
        minor=library.name.minor,
        patch=description.patch,
        title=description.title,
        runnable=description.runnable,
        license=description.license,
        description=description.raw,
        semantics=library.semantics,
        languages={code: library.languages[code] for code in _languages() if code in library.languages},
        size=sum(file.size for file in packaged.members.values()),
        **state,
    )


def _languages() -> list[str]:
    """The languages of the site, as H5P calls them: `pl`, `pt-br`."""
    return [code.lower() for code, _name in settings.LANGUAGES]
