"""Parts of the form of a film that Wagtail does not have."""

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from media import deadlines
from media.grace import CaptionState
from media.track_form import TrackForm, TrackFormSet


class TracksPanel(InlinePanel):
    """Captions with a form of their own for each track."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=TrackForm,
            fields=formset["fields"],
            defer_required_on_fields=deferred,
        )
        formset["formset"] = TrackFormSet
        return options


class StoredCaptionsPanel(Panel):
    """The link to the file that was made of the captions, once they are saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/stored_captions.html"

        def is_shown(self) -> bool:
            return bool(self.instance is not None and self.instance.film_id and self.instance.vtt)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "track": self.instance, "size": len(self.instance.vtt.encode())}


class DeadlinePanel(Panel):
    """How long the recording of a live event may still wait for its captions."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/deadline.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            is_there = self.instance is not None and self.instance.pk
            self.deadline = deadlines.deadline_of(self.instance, timezone.localdate()) if is_there else None

        def is_shown(self) -> bool:
            return self.deadline is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            is_late = self.deadline is not None and self.deadline.state is CaptionState.OVERDUE
            return {**context, "deadline": self.deadline, "status": "critical" if is_late else "warning"}


class TranscriptPanel(Panel):
    """The way to a transcript that is made of the captions."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/transcript_offer.html"

        def is_shown(self) -> bool:
            return bool(self.instance is not None and self.instance.pk)
