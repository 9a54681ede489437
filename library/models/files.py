"""Files of documents as their editors uploaded them."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models


def document_storage() -> Any:
    """Files of documents are never served by address, only by the view that checks the right and counts."""
    return storages["private"]


def stored_path(stored: "StoredFile", name: str) -> str:
    """Where the file lies: under its key, never under the name that somebody gave it."""
    return f"documents/{stored.key}.{stored.extension}"


class StoredFile(models.Model):
    """A file behind a version. It never changes and is never deleted: a better file is another row.

    `name` is the name it is saved under, `size` is in bytes, `sha256` in hexadecimal.
    """

    key = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nazwa pliku", max_length=150)
    extension = models.CharField("format", max_length=5)
    file = models.FileField("plik", upload_to=stored_path, storage=document_storage, max_length=255)
    size = models.PositiveBigIntegerField("wielkość w bajtach")
    sha256 = models.CharField("skrót SHA-256", max_length=64)
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="dodała osoba"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "plik dokumentu"
        verbose_name_plural = "pliki dokumentów"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
