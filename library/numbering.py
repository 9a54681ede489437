"""Numbers of versions: each document counts its own, drafts included."""

from typing import TYPE_CHECKING

from django.db.models import Max
from wagtail.models import Page

if TYPE_CHECKING:
    from library.models import VersionPage


def lock(document: Page) -> Page:
    """The document read anew and locked until the end of the transaction, so that two tabs do not count the same."""
    Page.objects.select_for_update().get(pk=document.pk)
    fresh: Page = document.specific_class.objects.get(pk=document.pk)
    return fresh


def next_number(document: Page) -> int:
    """One more than the highest number there is. One query."""
    highest = Page.objects.child_of(document).aggregate(highest=Max("versionpage__number"))["highest"]
    return (highest or 0) + 1


def name(version: "VersionPage", number: int) -> None:
    """Give a version its number, and the title and address that follow from it."""
    version.number, version.title, version.slug = number, f"Wersja {number}", f"wersja-{number}"
    version.draft_title = version.title
