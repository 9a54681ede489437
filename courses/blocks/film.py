"""A film in a lesson."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from elearning.cms.blocks import FieldsBlock
from media import viewing

# What completes a film where the editor has not said it, in percent.
SHARE = 90

NOT_COUNTED = (
    "Nie możemy policzyć, ile kto obejrzał: film jest w\xa0innym serwisie albo nie znamy jego długości. "
    "Odznacz „Wymagany” albo wybierz inny film."
)


class FilmBlock(FieldsBlock):
    """A film that learners watch in the lesson; an item of the course, known by the id of this block.

    Without a film it is a place that announces one. `share` is in percent, and empty for a film that is not counted:
    so the stream says what is an item.
    """

    title = blocks.CharBlock(max_length=150)
    description = blocks.TextBlock(required=False, max_length=500)
    film = blocks.PageChooserBlock(page_type="media.FilmPage", required=False)
    required = blocks.BooleanBlock(required=False, default=True)
    share = blocks.IntegerBlock(required=False, default=SHARE, min_value=1, max_value=100)

    class Meta:
        icon = "media"
        label = "Film"
        label_format = "{title}"
        template = "blocks/film.html"
        description = "Film, którego obejrzenie liczy się do ukończenia kursu. Bez wybranego filmu będzie tu zapowiedź."
        preview_value = {"title": "Film z\xa0województwa lubelskiego", "description": "Efekty współpracy zespołów."}
        labels = {
            "title": "Tytuł",
            "description": "Opis",
            "film": "Film z\xa0biblioteki",
            "required": "Wymagany",
            "share": "Ile trzeba obejrzeć, w\xa0%",
        }
        hints = {
            "required": "Bez obejrzenia nie można ukończyć kursu.",
            "share": f"Zostaw puste, a\xa0wpiszemy {SHARE}. Filmów z\xa0innych serwisów nie liczymy.",
        }

    def clean(self, value: Any) -> Any:
        """Fill in the share; refuse to require a film whose viewing cannot be counted."""
        cleaned = super().clean(value)
        film = cleaned["film"]
        if film is None or viewing.is_counted(film.specific):
            cleaned["share"] = cleaned["share"] or SHARE
            return cleaned
        if cleaned["required"]:
            raise StructBlockValidationError({"required": ValidationError(NOT_COUNTED)})
        cleaned["share"] = None
        return cleaned
