"""Gminy and powiaty that took part, their register, and the directory of regional centres and partners."""

from typing import Any

from wagtail.models import Page

from elearning.cms.models import (
    BasePage,
    DirectoryPage,
    HomePage,
    MatchPage,
    Organisation,
    Participation,
    PlacesPage,
    TrackIndexPage,
)
from elearning.cms.templatetags.polish import tidy
from elearning.institutions.models import TerritorialUnit

from .files import Table, read
from .streams import Shelves, stream

CONTACT = ("street", "postcode", "phone", "fax", "email", "website", "source_url")


def build(home: HomePage, shelves: Shelves) -> None:
    """The register, the directory and their pages; what is there already stays as it is."""
    texts = read("places.toml")
    for row in texts["participation"]:
        _participations(row)
    for row in texts["organisation"]:
        _organisation(row)
    _page(home, PlacesPage, texts["places"], body=stream(texts["places"]["body"], shelves))
    _page(home, DirectoryPage, texts["directory"], body=stream(texts["directory"]["body"], shelves))
    if models := TrackIndexPage.objects.child_of(home).first():
        _page(models, MatchPage, texts["match"])


def _participations(row: Table) -> None:
    """One list of a source; units that the register does not have are left out."""
    first, last = row.get("years", (None, None))
    for unit in TerritorialUnit.objects.filter(pk__in=row["units"]):
        Participation.objects.get_or_create(
            unit=unit,
            track=row["track"],
            phase=row.get("phase", ""),
            defaults={
                "first_year": first,
                "last_year": last,
                "source": tidy(row["source"]),
                "source_url": row.get("source_url", ""),
                "list_is_complete": row["complete"],
            },
        )


def _organisation(row: Table) -> None:
    contact = {name: row.get(name, "") for name in CONTACT}
    Organisation.objects.get_or_create(
        slug=row["slug"],
        defaults={
            **contact,
            "name": row["name"],
            "kind": row["kind"],
            "province": TerritorialUnit.objects.filter(pk=row["province"]).first(),
            "track": row["track"],
            "role": row["role"],
            "town": row["town"],
            "source": tidy(row.get("source", "")),
            "checked_on": row.get("checked"),
        },
    )


def _page(parent: Page, model: type[BasePage], texts: Table, **fields: Any) -> None:
    """The one page of its kind, published."""
    if model.objects.exists():
        return
    page = model(slug=texts["slug"], title=texts["title"], lead=texts["lead"], show_in_menus=True, **fields)
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
