"""Writes the files behind versions. A file is checked before it comes here and never changes afterwards."""

from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile

from elearning.accounts.models import User
from library.models.files import StoredFile

LONGEST_NAME = 150


def store(content: bytes, *, name: str, user: User | None = None) -> StoredFile:
    """Keep the bytes of a file under a key of its own. `name` is what somebody called it; folders are dropped."""
    path = PurePath(name.replace("\\", "/"))
    extension = path.suffix.lower().lstrip(".")[:5]
    stem = path.stem[: LONGEST_NAME - len(extension) - 1] or "dokument"
    stored = StoredFile(
        name=f"{stem}.{extension}",
        extension=extension,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        created_by=user,
    )
    stored.file.save(stored.name, ContentFile(content), save=False)
    stored.save()
    return stored


def kept(content: bytes, *, name: str, user: User | None, before: StoredFile | None) -> StoredFile:
    """The file that a version had before where it is sent again, else a new one."""
    is_same = before is not None and before.sha256 == sha256(content).hexdigest()
    return before if before is not None and is_same else store(content, name=name, user=user)


def content_of(stored: StoredFile) -> bytes:
    """The bytes of a file."""
    with stored.file.open("rb") as file:
        content: bytes = file.read()
    return content
