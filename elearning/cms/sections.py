"""The sections of the site, for pages that lead on."""

from wagtail.models import Page

# The sections in their order, each with what one finds there.
SECTIONS = {
    "modele": "trzy Modele Kooperacji i\xa0który z\xa0nich jest dla Twojej gminy",
    "kursy": "nauka we własnym tempie",
    "szkolenia": "spotkania, webinaria i\xa0konferencje",
    "filmy": "jak to robią inni",
    "dokumenty": "do pobrania i\xa0wypełnienia",
    "aktualnosci": "co nowego",
    "wyniki-badan": "liczby z\xa0badań i\xa0pilotażu",
    "o-projekcie": "kto i\xa0po co to prowadzi",
}


def sections() -> list[dict[str, str]]:
    """The sections of which there is a page open to all. Two queries at most."""
    found = dict(Page.objects.live().public().filter(depth=3, slug__in=SECTIONS).values_list("slug", "title"))
    return [
        {"title": found[slug], "url": f"/{slug}/", "text": text} for slug, text in SECTIONS.items() if slug in found
    ]
