"""A builder of accessibility statements."""

from datetime import date
from typing import Any

from elearning.cms.models import AccessibilityStatementPage, HomePage
from tests import make

FIELDS = {
    "title": "Deklaracja dostępności",
    "slug": "deklaracja-dostepnosci",
    "body_name": "ROPS w\xa0Rzeszowie",
    "site_url": "https://example.org",
    "published_on": date(2026, 1, 2),
    "updated_on": date(2026, 2, 3),
    "made_on": date(2027, 2, 5),
    "contact": "Anna Nowak",
    "email": "anna@example.org",
    "phone": "17 747 06 00",
    "architecture": "<p>Wejście od ulicy.</p>",
    "communication": "<p>Tłumacz PJM.</p>",
    "exclusions": [("item", "Mapy")],
}


def statement(**fields: Any) -> AccessibilityStatementPage:
    make.site()
    page = AccessibilityStatementPage(**{**FIELDS, **fields})
    published: AccessibilityStatementPage = make.publish(HomePage.objects.get().add_child(instance=page))
    return published
