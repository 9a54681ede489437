"""Libraries: the code that contents play with."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .files import Blob


class Library(models.Model):
    """One library tree. The same version may be here with different bytes; contents pin the tree they play with.

    `description` is library.json as uploaded, `semantics` and `languages` the parsed semantics.json and
    language/<code>.json, these only in the languages of the site. States of trust: quarantined (authors preview it),
    trusted (learners get it), blocked.
    """

    class Trust(models.TextChoices):
        QUARANTINED = "quarantined", _("waiting for consent")
        TRUSTED = "trusted", _("trusted")
        BLOCKED = "blocked", _("blocked")

    class Source(models.TextChoices):
        UPLOAD = "upload", _("uploaded with a content")
        HUB = "hub", _("H5P Hub")
        BUILT_IN = "built_in", _("part of the platform")

    tree_hash = models.CharField(_("tree hash"), max_length=64, unique=True)
    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField(_("major version"))
    minor = models.PositiveIntegerField(_("minor version"))
    patch = models.PositiveIntegerField(_("patch version"))
    title = models.CharField(_("title"), max_length=255)
    runnable = models.BooleanField(_("content type"), default=False)
    license = models.CharField(_("licence"), max_length=64, blank=True)
    description = models.JSONField("library.json")
    semantics = models.JSONField("semantics.json", default=list)
    languages = models.JSONField(_("translations"), default=dict)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    trust = models.CharField(_("trust"), max_length=12, choices=Trust, default=Trust.QUARANTINED)
    trusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("consent by")
    )
    trusted_at = models.DateTimeField(_("consent at"), null=True, blank=True)
    source = models.CharField(_("origin"), max_length=10, choices=Source, default=Source.UPLOAD)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["machine_name", "-major", "-minor", "-patch", "tree_hash"]
        indexes = [models.Index(fields=["machine_name", "major", "minor"], name="h5p_library_name")]
        permissions = [("trust_library", _("Can decide which H5P libraries learners get"))]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.version}"

    @property
    def version(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


class LibraryFile(models.Model):
    """A file of a library."""

    library = models.ForeignKey(Library, models.CASCADE, related_name="files", verbose_name=_("library"))
    path = models.CharField(_("path"), max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a library")
        verbose_name_plural = _("files of libraries")
        constraints = [models.UniqueConstraint(fields=["library", "path"], name="h5p_library_paths_are_unique")]

    def __str__(self) -> str:
        return self.path


class LibraryUpdate(models.Model):
    """Moving contents from one tree of a library to another, so that it can be looked at before and undone after.

    States: prepared (the new versions are there to preview, nobody else plays them), done (`done_at` set), undone
    (`undone_at` set too).
    """

    old = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=_("from"))
    new = models.ForeignKey(Library, models.PROTECT, related_name="+", verbose_name=_("to"))
    prepared_at = models.DateTimeField(_("prepared at"), default=timezone.now)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("prepared by")
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("update of a library")
        verbose_name_plural = _("updates of libraries")
        ordering = ["-prepared_at"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def get_state_display(self) -> str:
        """The state in words."""
        if self.undone_at:
            return str(_("undone"))
        return str(_("done") if self.done_at else _("prepared"))


class UpdatedContent(models.Model):
    """What an update does to one content: the version before and the one it made.

    There is no new one where the new library needs others that are not here; `missing` names them, "H5P.X 1.2".
    """

    update = models.ForeignKey(LibraryUpdate, models.CASCADE, related_name="contents", verbose_name=_("update"))
    before = models.ForeignKey("h5p.ContentVersion", models.PROTECT, related_name="+", verbose_name=_("before"))
    after = models.ForeignKey(
        "h5p.ContentVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("after")
    )
    missing = models.JSONField(_("missing libraries"), default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("updated content")
        verbose_name_plural = _("updated contents")
        constraints = [models.UniqueConstraint(fields=["update", "before"], name="h5p_update_once_per_content")]

    def __str__(self) -> str:
        return str(self.before)
