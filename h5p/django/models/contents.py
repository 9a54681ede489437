"""Contents: what authors upload and learners play, in versions that never change."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionMember
from wagtail.search import index

from .files import Blob
from .libraries import Library


class ContentQuerySet(models.QuerySet["Content"]):
    """Filters of contents."""

    def playable(self) -> Self:
        """Contents that learners get: they have a version, and an administrator trusts every library it plays with."""
        distrusted = PinnedLibrary.objects.exclude(library__trust=Library.Trust.TRUSTED)
        distrusted = distrusted.filter(version=models.OuterRef("live_version"))
        return self.filter(~models.Exists(distrusted), live_version__isnull=False)

    def with_waiting(self) -> Self:
        """Each with `waiting`: how many libraries of the live version learners do not get yet, blocked ones too."""
        distrusted = ~models.Q(live_version__pins__library__trust=Library.Trust.TRUSTED)
        return self.annotate(waiting=models.Count("live_version__pins", filter=distrusted))


class Content(CollectionMember, index.Indexed, models.Model):
    """A content by its name. What plays is `live_version`; replacing it makes a new version and keeps the old ones."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    live_version = models.ForeignKey(
        "h5p.ContentVersion", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("version")
    )
    embed_allowed = models.BooleanField(
        _("other sites may embed it"),
        default=False,
        help_text=_("Then anyone who has the code can play it, without an account and without results."),
    )
    is_sample = models.BooleanField(_("sample content"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    objects = ContentQuerySet.as_manager()

    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("id"),
        index.FilterField("created_at"),
    ]

    class Meta:
        verbose_name = _("H5P content")
        verbose_name_plural = _("H5P contents")
        ordering = ["-created_at"]
        permissions = [("choose_content", _("Can choose H5P content"))]

    def __str__(self) -> str:
        return self.title


class ContentVersion(models.Model):
    """One version of a content, never changed: parameters as uploaded, files, and the exact libraries it plays with.

    `params` is content.json and `manifest` h5p.json as uploaded. `filtered` is a cache of what the player gets:
    sanitised and put into Polish; `filtered_with` names the rules it was made with, and another value makes it anew.
    `fingerprint` is the SHA-256 of all that authors made: h5p.json, content.json and the files with their paths.
    `max_score` is what the type reports in an author's preview, empty while nobody has looked.
    """

    content = models.ForeignKey(Content, models.CASCADE, related_name="versions", verbose_name=_("content"))
    number = models.PositiveIntegerField(_("number"))
    main_library = models.ForeignKey(Library, models.PROTECT, related_name="contents", verbose_name=_("type"))
    libraries = models.ManyToManyField(
        Library, through="h5p.PinnedLibrary", related_name="pinned_by", verbose_name=_("libraries")
    )
    manifest = models.JSONField("h5p.json")
    fingerprint = models.CharField(_("fingerprint"), max_length=64, default="", editable=False)
    params = models.JSONField("content.json")
    filtered = models.JSONField(_("filtered parameters"), null=True, editable=False)
    filtered_with = models.CharField(_("filtered with"), max_length=64, blank=True, editable=False)
    max_score = models.FloatField(_("highest score"), null=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a content")
        verbose_name_plural = _("versions of contents")
        ordering = ["content", "number"]
        constraints = [models.UniqueConstraint(fields=["content", "number"], name="h5p_version_numbers_are_unique")]
        indexes = [models.Index(fields=["fingerprint"], name="h5p_version_fingerprint")]

    def __str__(self) -> str:
        return f"{self.content} ({self.number})"

    @property
    def waiting_libraries(self) -> models.QuerySet[Library]:
        """The libraries that keep learners from playing this: those that wait for consent, and blocked ones."""
        return Library.objects.filter(pins__version=self).exclude(trust=Library.Trust.TRUSTED)

    @property
    def is_playable(self) -> bool:
        """Whether learners get this version; one query."""
        return not self.waiting_libraries.exists()


class PinnedLibrary(models.Model):
    """A library that a version plays with. `weight` is the place in the load order, from 0."""

    version = models.ForeignKey(ContentVersion, models.CASCADE, related_name="pins", verbose_name=_("version"))
    library = models.ForeignKey(Library, models.PROTECT, related_name="pins", verbose_name=_("library"))
    weight = models.PositiveIntegerField(_("place in the load order"))

    class Meta:
        verbose_name = _("pinned library")
        verbose_name_plural = _("pinned libraries")
        ordering = ["weight"]
        constraints = [models.UniqueConstraint(fields=["version", "library"], name="h5p_library_pinned_once")]

    def __str__(self) -> str:
        return str(self.library)


class ContentFile(models.Model):
    """A file of a version: an image, a film. `path` is relative to the folder content/ of the package."""

    version = models.ForeignKey(ContentVersion, models.CASCADE, related_name="files", verbose_name=_("version"))
    path = models.CharField(_("path"), max_length=255)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a content")
        verbose_name_plural = _("files of contents")
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="h5p_content_paths_are_unique")]

    def __str__(self) -> str:
        return self.path
