"""What stays after a training: slides, recordings, documents, links, for all or for those who took part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex

from courses.models import TrainingPage
from elearning.cms.models.base import page_path
from elearning.cms.templatetags.polish import file_size

PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Material:
    """One material as a page lists it. `icon` is one of ours, `detail` says type and size; `url` opens or gives it."""

    title: str
    url: str
    icon: str
    detail: str = ""
    for_participants: bool = False


def materials_of(page: TrainingPage, *, participant: bool, token: UUID | None = None) -> list[Material]:
    """The materials that somebody sees; what is gone or unpublished is left out. A query for each kind there is.

    `token` is that of a registration, for somebody without an account.
    """
    shown = [child for child in page.materials if participant or not is_reserved(child)]
    return [material for child in shown if (material := _material(page, child, token))]


def fingerprint(page: TrainingPage) -> str:
    """What tells one set of materials from another: the ids of its blocks; empty where there are none."""
    return " ".join(sorted(child.id for child in page.materials))


def file_of(page: TrainingPage, block: UUID) -> tuple[Document, bool] | None:
    """The file of one material, and whether it is for participants only; None where there is no such file."""
    for child in page.materials:
        if child.block_type == "file" and child.id == str(block) and child.value["document"] is not None:
            return child.value["document"], is_reserved(child)
    return None


def is_reserved(child: Any) -> bool:
    """Whether a material is for participants only."""
    return bool(child.value["audience"] == PARTICIPANTS)


def is_kept_back(document: Document) -> bool:
    """Whether a file is for participants only: some training has it for them, and none for everybody. Two queries."""
    references = ReferenceIndex.get_references_to(document).filter(model_path__startswith="materials.")
    ids = references.values_list("object_id", flat=True)
    found = [
        child
        for page in TrainingPage.objects.filter(pk__in=[int(found) for found in ids])
        for child in _files(page.materials)
        if child.value["document"] == document
    ]
    return bool(found) and all(map(is_reserved, found))


def _files(materials: Iterable[Any]) -> Iterator[Any]:
    return (child for child in materials if child.block_type == "file")


def _material(page: TrainingPage, child: Any, token: UUID | None) -> Material | None:
    value, reserved = child.value, is_reserved(child)
    if child.block_type == "link":
        return Material(value["title"], value["url"], "external", "strona w\xa0innym serwisie", reserved)
    if child.block_type == "file":
        document = value["document"]
        if document is None:
            return None
        return Material(value["title"], _file_url(page, child, token), "download", _type(document), reserved)
    target = value["film"] if child.block_type == "film" else value["document"]
    if target is None or not target.live:
        return None
    icon, detail = ("play", "film z\xa0napisami") if child.block_type == "film" else ("file", "dokument")
    return Material(value["title"], page_path(target), icon, detail, reserved)


def _file_url(page: TrainingPage, child: Any, token: UUID | None) -> str:
    url = reverse("trainings:material", args=[page.slug, child.id])
    return f"{url}?zgloszenie={token}" if token and is_reserved(child) else url


def _type(document: Document) -> str:
    """„PDF, 1,2 MB”."""
    return ", ".join(filter(None, (document.file_extension.upper(), file_size(document.get_file_size()))))
