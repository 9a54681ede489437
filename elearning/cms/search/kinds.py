"""What is found, by kinds: the sections of the site as `BasePage.search_kind` names them. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page in words: of several, and of one."""

    many: str
    one: str


# In the order in which they are offered.
KINDS = {
    "track": Kind("Modele kooperacji", "Model kooperacji"),
    "course": Kind("Kursy", "Kurs"),
    "lesson": Kind("Lekcje", "Lekcja"),
    "training": Kind("Szkolenia", "Szkolenie"),
    "film": Kind("Filmy", "Film"),
    "document": Kind("Dokumenty", "Dokument"),
    "news": Kind("Aktualności", "Aktualność"),
    "evidence": Kind("Wyniki badań", "Wyniki badań"),
    "handbook": Kind("Księga rekomendacyjna", "Księga rekomendacyjna"),
    "place": Kind("Gminy i\xa0powiaty", "Gminy i\xa0powiaty"),
    "page": Kind("Pozostałe strony", "Strona"),
}
