"""Files, kept once each under the hash of their bytes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Blob(models.Model):
    """Bytes in the storage, named by their SHA-256. Whatever holds the same bytes points at the same row."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        """The name in the storage."""
        return f"h5p/{self.sha256[:2]}/{self.sha256}"
