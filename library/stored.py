"""Writes the files behind versions. A file is checked before it comes here and never changes afterwards."""

from hashlib import sha256
from pathlib import PurePath

from django.core.files.base import ContentFile

from elearning.accounts.models import User
from library.models import StoredFile

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
