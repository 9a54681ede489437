"""An H5P activity in a lesson."""

from typing import Any

from wagtail import blocks

from courses.policies import POLICIES, chosen_policy
from elearning.cms.blocks import FieldsBlock
from h5p.django.blocks import H5PContentChooserBlock


class ActivityBlock(FieldsBlock):
    """An interactive content that learners do in the lesson; an item of the course, known by the id of this block."""

    title = blocks.CharBlock(max_length=150)
    content = H5PContentChooserBlock()
    required = blocks.BooleanBlock(required=False, default=True)
    policy = blocks.ChoiceBlock(choices=POLICIES, required=False)
    pass_mark = blocks.IntegerBlock(default=70, min_value=1, max_value=100)
    minutes = blocks.IntegerBlock(default=1, min_value=0, max_value=240)

    class Meta:
        icon = "h5p"
        label = "Aktywność H5P"
        label_format = "{title}"
        template = "blocks/activity.html"
        description = "Interaktywne ćwiczenie, które liczy się do ukończenia kursu."
        preview_value = {"title": "Ćwiczenie: dobierz partnerów", "required": True}
        labels = {
            "title": "Tytuł",
            "content": "Treść H5P",
            "required": "Wymagana",
            "policy": "Kiedy jest ukończona",
            "pass_mark": "Próg zaliczenia w %",
            "minutes": "Najkrótszy czas w minutach",
        }
        hints = {
            "required": "Bez niej nie można ukończyć kursu.",
            "policy": "Zostaw puste, a wpiszemy to, co pasuje do rodzaju treści.",
            "pass_mark": "Gdy wybierzesz „po uzyskaniu progu”.",
            "minutes": "Gdy wybierzesz „po obejrzeniu”.",
        }

    def clean(self, value: Any) -> Any:
        """Fill in the policy that fits the type of the content, so that the editor sees which it is."""
        cleaned = super().clean(value)
        cleaned["policy"] = cleaned["policy"] or chosen_policy(cleaned["content"])
        return cleaned
