"""Places and organisations for tests. Each saves what it returns."""

from typing import Any

from elearning.cms.models.directory import DirectoryPage
from elearning.cms.models.organisations import Organisation
from elearning.cms.models.participation import Participation
from elearning.cms.models.places import PlacesPage
from elearning.institutions.models import TerritorialUnit
from tests import make


def participation(code: str, *, phase: str = "testing", track: str = "rural", **fields: Any) -> Participation:
    """A unit of the register took part; it must be loaded."""
    fields.setdefault("source", "Strona projektu")
    return Participation.objects.create(unit_id=code, phase=phase, track=track, **fields)


def commune(code: str, name: str, **fields: Any) -> TerritorialUnit:
    """A gmina of that code, in a powiat that is there."""
    return TerritorialUnit.objects.create(
        code=code, name=name, kind="commune", commune_type=int(code[-1]), parent_id=code[:4], **fields
    )


def places_page() -> PlacesPage:
    page = PlacesPage(title="Gminy i powiaty", slug="gminy", lead="Kto brał udział.")
    return make.publish(make.site().add_child(instance=page))


def directory_page() -> DirectoryPage:
    page = DirectoryPage(title="Ośrodki i partnerzy", slug="partnerzy", lead="Adresy i dojazd.")
    return make.publish(make.site().add_child(instance=page))


def organisation(name: str, **fields: Any) -> Organisation:
    fields = {"slug": f"osrodek-{Organisation.objects.count()}", "kind": "centre", "town": "Rzeszów", **fields}
    return Organisation.objects.create(name=name, **fields)
