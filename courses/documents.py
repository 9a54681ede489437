"""Documents of the library as a lesson shows them: in the version that is in force."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from elearning.cms.restrictions import Person
from library import access
from library.models import DocumentPage
from library.visits import visit_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in a lesson. `in_force_on` is the day of its current version; `fill_url` is empty without a form."""

    title: str
    url: str
    in_force_on: date
    fill_url: str
    file_url: str


def shown(document: DocumentPage, user: Person) -> Shown | None:
    """What a lesson shows of a document; None for one that is not there for this person or not in force yet.

    Two queries.
    """
    if not access.may_open(user, document):
        return None
    current = visit_of(user, document).current
    if current is None:
        return None
    form = "docx" if current.is_filled_in else "oryginal"
    return Shown(
        title=document.title,
        url=reverse("documents:document", args=[document.slug]),
        in_force_on=current.in_force_on,
        fill_url=reverse("documents:fill", args=[document.slug]) if current.is_filled_in else "",
        file_url=reverse("documents:file", args=[document.slug, form]),
    )
