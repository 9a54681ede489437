"""The three models of cooperation, their comparison and the glossary on the demo site."""

from collections.abc import Iterable

from wagtail.models import Page

from elearning.cms.models import GlossaryPage, HomePage, Project, Term, TrackIndexPage, TrackPage

from .files import Table, read
from .streams import Shelves

MODELS = ("rural", "urban_rural", "urban")
GLOSSARY = {
    "slug": "slownik",
    "title": "Słownik pojęć",
    "lead": "Skróty i\xa0nazwy, które spotkasz w\xa0Modelach Kooperacji, wyjaśnione prosto.",
}


def build(home: HomePage, shelves: Shelves, project: Project) -> None:
    """The pages and terms that are not there yet. Pages that steps lead to are found by their addresses."""
    terms = _terms()
    if not GlossaryPage.objects.exists():
        _publish(home, GlossaryPage(**GLOSSARY))
    index = TrackIndexPage.objects.first() or _index(home)
    for name in MODELS:
        texts = read(f"tracks/{name}.toml")
        if not TrackPage.objects.filter(track=texts["track"]).exists():
            _track(index, texts, terms, shelves, project if name == "rural" else None)


def _terms() -> dict[str, Term]:
    for row in read("tracks/terms.toml")["term"]:
        Term.objects.get_or_create(
            name=row["name"],
            defaults={
                "abbreviation": row["abbreviation"],
                "definition": row["text"],
                "source": row["source"],
                "is_sample": not row["source"],
            },
        )
    return {term.name: term for term in Term.objects.all()}


def _index(home: HomePage) -> TrackIndexPage:
    texts = read("tracks/index.toml")
    rows = [("row", {"is_common": False, **row}) for row in texts["row"]]
    made = TrackIndexPage(
        slug=texts["index"]["slug"],
        title=texts["index"]["title"],
        lead=texts["index"]["lead"],
        comparison=rows,
        comparison_note=texts["index"]["note"],
        show_in_menus=True,
    )
    _publish(home, made)
    return made


def _track(
    index: TrackIndexPage, texts: Table, terms: dict[str, Term], shelves: Shelves, project: Project | None
) -> None:
    pages = _pages(texts)
    roles = [("role", {**role, "term": terms.get(role.get("term", ""))}) for role in texts["role"]]
    page = TrackPage(
        **{name: texts[name] for name in ("slug", "title", "lead", "track", "aim", "audience", "needs")},
        stages_are_sample=texts["stages_are_sample"],
        roles=roles,
        stages=[("stage", _stage(stage, pages)) for stage in texts["stage"]],
        benefits=[("level", benefit) for benefit in texts["benefit"]],
        figures=[
            *[("datum", shelves.figures[key]) for key in texts["figures"]],
            ("paragraph", texts["figures_note"]),
        ],
        pack=[("page", pages[address]) for address in texts["pack"] if address in pages],
        sources=[("source", source) for source in texts["source"]],
        course=pages.get(texts["course"]),
        project=project,
    )
    _publish(index, page)


def _stage(stage: Table, pages: dict[str, Page]) -> Table:
    steps = [
        {**step, "pages": [pages[address] for address in step["pages"] if address in pages]} for step in stage["step"]
    ]
    return {"title": stage["title"], "time": stage["time"], "text": stage["text"], "steps": steps}


def _pages(texts: Table) -> dict[str, Page]:
    """The pages that the model leads to, by their addresses below the home page."""
    steps = [address for stage in texts["stage"] for step in stage["step"] for address in step["pages"]]
    asked: Iterable[str] = {texts["course"], *texts["pack"], *steps}
    paths = {f"/start/{address}/": address for address in asked}
    return {paths[page.url_path]: page for page in Page.objects.filter(url_path__in=paths)}


def _publish(parent: Page, page: Page) -> None:
    """New below its parent, and published."""
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
