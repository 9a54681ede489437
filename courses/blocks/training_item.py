"""A training in a lesson."""

from wagtail import blocks

from elearning.cms.blocks import FieldsBlock


class TrainingItemBlock(FieldsBlock):
    """A training that counts for the course; an item known by the id of this block. Without one, a place that waits."""

    title = blocks.CharBlock(max_length=150)
    description = blocks.TextBlock(required=False, max_length=500)
    training = blocks.PageChooserBlock(page_type="courses.TrainingPage", required=False)
    required = blocks.BooleanBlock(required=False, default=True)

    class Meta:
        icon = "group"
        label = "Szkolenie lub wydarzenie"
        label_format = "{title}"
        template = "blocks/training.html"
        description = "Szkolenie, w\xa0którym udział liczy się do ukończenia kursu."
        preview_value = {"title": "Szkolenie kompetencyjne", "description": "Trzy dni na żywo."}
        labels = {
            "title": "Tytuł",
            "description": "Opis",
            "training": "Szkolenie z\xa0kalendarza",
            "required": "Wymagane",
        }
        hints = {"required": "Bez udziału nie można ukończyć kursu."}
