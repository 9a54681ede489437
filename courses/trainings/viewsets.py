"""„Szkolenia” in the admin's menu: the desk, and the snippets that trainings share."""

from typing import Any

from django.urls import reverse
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.models import ConsentClause, TrainingSeries
from courses.views.training_desk.listing import DeskMenuItem

VERSION_HINT = "Gdy zmienisz treść, powstanie jej następna wersja. Kto zapisał się wcześniej, zachowa swoją."


class ConsentClauseForm(WagtailAdminModelForm):
    """A clause as an editor changes it: another text is another version. Line ends are no other text."""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        before = self.initial.get("text", "").replace("\r\n", "\n") if self.instance.pk else None
        if before is not None and "text" in cleaned and cleaned["text"] != before:
            self.instance.version += 1
        return cleaned


class TrainingSeriesViewSet(SnippetViewSet):
    """Trainings that belong together."""

    model = TrainingSeries
    icon = "list-ol"
    menu_label = "Cykle szkoleń"
    list_display = ["name"]
    search_fields = ["name"]


class ConsentClauseViewSet(SnippetViewSet):
    """The texts that people accept when they register."""

    model = ConsentClause
    icon = "doc-full-inverse"
    menu_label = "Zgody przy zapisie"
    list_display = [
        "name",
        Column("version", label="Wersja", sort_key="version"),
        Column("required", label="Wymagana", accessor=lambda clause: "tak" if clause.required else "nie"),
    ]
    search_fields = ["name", "text"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("text", help_text=VERSION_HINT), FieldPanel("required")],
        base_form_class=ConsentClauseForm,
    )


class TrainingsGroup(SnippetViewSetGroup):
    """„Szkolenia” in the menu, the desk first."""

    items = (TrainingSeriesViewSet, ConsentClauseViewSet)
    menu_label = "Szkolenia"
    menu_name = "trainings"
    menu_icon = "group"
    menu_order = 214
    submenu_hook = "register_trainings_menu_item"


def desk_menu_item() -> MenuItem:
    """The list of trainings in the submenu."""
    return DeskMenuItem(
        "Biurko szkoleń", reverse("training_desk:list"), name="training-desk", icon_name="group", order=0
    )
