"""What the editor of a document is told before it is saved."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from elearning.institutions.tracks import Track

NO_TRACK = "Zaznacz co najmniej jeden model kooperacji."
FIXED = "Ten adres był już opublikowany i\xa0prowadzą do niego odnośniki, więc nie może się zmienić. Był to „{slug}”."
RESERVED = "Taki adres jest zajęty. Podaj inny."


class DocumentPageForm(WagtailAdminPageForm):
    """The fields of a document, checked together."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_address()
        if not self.is_deferred_validation and not any(cleaned.get(track.value) for track in Track):
            self.add_error("urban", NO_TRACK)
        return cleaned

    def check_address(self) -> None:
        """The address of a document never changes once people had it. Actions stand behind „-”."""
        slug, before = self.cleaned_data.get("slug"), self.initial.get("slug")
        if slug == "-":
            self.add_error("slug", RESERVED)
        elif slug and before and slug != before and self.instance.first_published_at:
            self.add_error("slug", FIXED.format(slug=before))
