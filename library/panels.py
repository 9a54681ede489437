"""Parts of the forms of documents and versions that Wagtail does not have."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from library import overview
from library.timeline import is_due_for_review

# A controller of Wagtail's shows only what the chosen source needs.
RULES = {"data-controller": "w-rules", "data-action": "change->w-rules#resolve"}
WRITTEN, MARKED, UPLOADED = '["structured"]', '["structured", "marked"]', '["marked", "file"]'


def only_for(sources: str) -> dict[str, str]:
    return {"data-w-rules-target": "show", "data-w-rules": f'{{"source": {sources}}}'}


class VersionsPanel(Panel):
    """The versions of a document with their states, and the way to a new one."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/versions.html"

        def is_shown(self) -> bool:
            return bool(self.instance is not None and self.instance.pk and self.request is not None)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            permissions = self.instance.permissions_for_user(self.request.user)
            return {
                **context,
                "document": self.instance,
                "versions": overview.versions_of(self.instance, timezone.localdate()),
                "may_add": permissions.can_add_subpage(),
                "is_due": is_due_for_review(self.instance.review_on, timezone.localdate()),
            }


class StoredFilePanel(Panel):
    """The file that a version has, and how its form and paper look, once it is saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/stored_file.html"

        def is_shown(self) -> bool:
            return bool(self.instance is not None and self.instance.pk and self.instance.file is not None)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "version": self.instance, "file": self.instance.file}


class SamplesPanel(Panel):
    """The ways to the preview of the form and to sample prints of a saved version."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/samples.html"

        def is_shown(self) -> bool:
            return bool(self.instance is not None and self.instance.pk and self.instance.is_filled_in)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "version": self.instance, "has_pdf": self.instance.source == "structured"}


VERSION_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("in_force_on"), FieldPanel("approved_by")]),
            FieldPanel("changes", help_text="Pierwsza wersja może tego nie mieć. Przeczytają to jej odbiorcy."),
        ],
        heading="Wersja",
    ),
    MultiFieldPanel(
        [
            FieldPanel("source", widget=forms.RadioSelect),
            FieldPanel("upload", attrs=only_for(UPLOADED)),
            StoredFilePanel(attrs=only_for(UPLOADED)),
            FieldPanel("paper_title", attrs=only_for(MARKED)),
            FieldPanel(
                "form_fields",
                heading="Pola do wypełnienia",
                help_text="W\xa0pliku ze znacznikami odczytamy je sami. Możesz je ułożyć i\xa0opisać.",
                attrs=only_for(MARKED),
            ),
            FieldPanel("parts", heading="Treść dokumentu", attrs=only_for(WRITTEN)),
            SamplesPanel(attrs=only_for(MARKED)),
        ],
        heading="Treść",
        attrs=RULES,
    ),
]
