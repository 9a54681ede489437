"""News of the demo site: what the source articles tell."""

from typing import Any

from wagtail.models import Page

from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, RelatedNews

from . import sources
from .files import Table, read
from .streams import Shelves, stream

PLAIN = ("slug", "title", "lead", "author")
OPTIONAL = ("date", "time")


def build(home: HomePage, shelves: Shelves) -> None:
    """The list and the news that are not there yet; what exists stays as it is."""
    texts = read("news.toml")
    index = _index(home, texts["lead"])
    there = set(NewsPage.objects.child_of(index).values_list("slug", flat=True))
    made = [(_draft(index, row, shelves), row) for row in texts["news"] if row["slug"] not in there]
    by_slug = {page.slug: page for page in NewsPage.objects.child_of(index)}
    for page, row in made:
        page.related_links = [RelatedNews(target=by_slug[slug]) for slug in row["related"] if slug in by_slug]
        page.save_revision().publish()


def _index(home: HomePage, lead: str) -> NewsIndexPage:
    existing: NewsIndexPage | None = NewsIndexPage.objects.child_of(home).first()
    if existing is not None:
        return existing
    index = NewsIndexPage(slug="aktualnosci", title="Aktualności", lead=lead, show_in_menus=True)
    Page.objects.get(pk=home.pk).add_child(instance=index)
    index.save_revision().publish()
    return index


def _draft(index: NewsIndexPage, row: Table, shelves: Shelves) -> NewsPage:
    """Not published before all are there that it may be related to."""
    told: dict[str, Any] = {name: row[name] for name in PLAIN} | {name: row.get(name) for name in OPTIONAL}
    page = NewsPage(
        **told,
        date_note=row.get("date_note", ""),
        is_sample=row["sample"],
        body=stream([*row["body"], *sources.blocks(row["sources"])], shelves),
        live=False,
    )
    page.tags.set(row["tags"])
    NewsIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    return page
