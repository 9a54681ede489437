"""Builders of the pages of models and of terms."""

from typing import Any

from elearning.cms.models import GlossaryPage, HomePage, Term, TrackIndexPage, TrackPage
from tests import make

EMPTY = {"members": "", "term": None}


def term(name: str = "Partnerski Zespół Kooperacji", abbreviation: str = "PZK", **fields: Any) -> Term:
    return Term.objects.create(name=name, abbreviation=abbreviation, definition="<p>Zespół instytucji.</p>", **fields)


def row(aspect: str, *, is_common: bool = False) -> tuple[str, dict[str, Any]]:
    texts = {track: f"{aspect}: {track}" for track in ("rural", "urban_rural", "urban")}
    return "row", {"aspect": aspect, "is_common": is_common, **texts}


def role(level: str, name: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "role", {"level": level, "name": name, "tasks": "Wspiera.", **EMPTY, **fields}


def stage(title: str, *pages: Any) -> tuple[str, dict[str, Any]]:
    """A stage of one step that leads to these pages."""
    step = {"title": f"Krok etapu {title}", "text": "<p>Zrób to.</p>", "pages": list(pages)}
    return "stage", {"title": title, "time": "", "text": "", "steps": [step]}


def index(**fields: Any) -> TrackIndexPage:
    make.site()
    if existing := TrackIndexPage.objects.first():
        return existing
    page = TrackIndexPage(title="Modele Kooperacji", slug="modele", **fields)
    published: TrackIndexPage = make.publish(HomePage.objects.get().add_child(instance=page))
    return published


def track(name: str = "rural", **fields: Any) -> TrackPage:
    fields = {"title": f"Model {name}", "slug": name.replace("_", "-"), "lead": "Jak to działa.", **fields}
    published: TrackPage = make.publish(index().add_child(instance=TrackPage(track=name, **fields)))
    return published


def glossary() -> GlossaryPage:
    make.site()
    page = GlossaryPage(title="Słownik pojęć", slug="slownik")
    published: GlossaryPage = make.publish(HomePage.objects.get().add_child(instance=page))
    return published
