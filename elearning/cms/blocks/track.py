"""What a Model of Cooperation consists of: stages with steps, who is who, benefits, and how the models differ."""

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from .fields import FieldsBlock
from .text import RICH_TEXT


def levels() -> list[tuple[str, str]]:
    """The levels a model works on, from the widest to the narrowest."""
    return [
        ("voivodeship", "województwo"),
        ("county", "powiat"),
        ("commune", "gmina"),
        ("family", "osoba i\xa0rodzina"),
    ]


class StepBlock(FieldsBlock):
    """One step, with the documents, films and lessons that help to take it."""

    title = blocks.CharBlock(max_length=150)
    text = blocks.RichTextBlock(required=False, features=RICH_TEXT)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), default=[])

    class Meta:
        icon = "list-ol"
        label = "Krok"
        labels = {"title": "Krok", "text": "Co robicie", "pages": "Dokumenty, filmy i\xa0lekcje do tego kroku"}
        label_format = "{title}"


class StageBlock(FieldsBlock):
    """A stage of putting a model into practice."""

    title = blocks.CharBlock(max_length=150)
    time = blocks.CharBlock(required=False, max_length=80)
    text = blocks.RichTextBlock(required=False, features=RICH_TEXT)
    steps = blocks.ListBlock(StepBlock(), default=[])

    class Meta:
        icon = "list-ol"
        label = "Etap"
        labels = {"title": "Etap", "time": "Ile to trwa", "text": "Po co ten etap", "steps": "Kroki"}
        hints = {"time": "Na przykład „1–2 miesiące”. Zostaw puste, jeśli źródła tego nie podają."}
        label_format = "{title}"


class RoleBlock(FieldsBlock):
    """A body or a person of the model, on its level."""

    level = blocks.ChoiceBlock(levels)
    name = blocks.CharBlock(max_length=120)
    members = blocks.CharBlock(required=False, max_length=250)
    tasks = blocks.CharBlock(max_length=300)
    term = SnippetChooserBlock("cms.Term", required=False)

    class Meta:
        icon = "group"
        label = "Kto jest kim"
        labels = {
            "level": "Poziom",
            "name": "Nazwa",
            "members": "Kto w\xa0nim jest",
            "tasks": "Co robi",
            "term": "Pojęcie w\xa0słowniku",
        }
        label_format = "{name}"


class BenefitsBlock(FieldsBlock):
    """What a model gives on one level."""

    level = blocks.ChoiceBlock(levels)
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        icon = "pick"
        label = "Korzyści"
        labels = {"level": "Poziom", "text": "Korzyści i\xa0efekty"}
        label_format = "{level}"


class ComparisonBlock(FieldsBlock):
    """One aspect of the three models beside each other."""

    aspect = blocks.CharBlock(max_length=120)
    rural = blocks.TextBlock(max_length=400)
    urban_rural = blocks.TextBlock(max_length=400)
    urban = blocks.TextBlock(max_length=400)
    is_common = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "table"
        label = "Wiersz porównania"
        labels = {
            "aspect": "Co porównujemy",
            "rural": "Gminy wiejskie",
            "urban_rural": "Gminy miejsko-wiejskie",
            "urban": "Miasta",
            "is_common": "To podobieństwo",
        }
        hints = {"is_common": "Zaznacz, gdy modele są tu podobne. Bez zaznaczenia to różnica."}
        label_format = "{aspect}"


class SourceBlock(FieldsBlock):
    """Where something is said."""

    text = blocks.CharBlock(max_length=250)
    url = blocks.URLBlock(required=False)

    class Meta:
        icon = "link"
        label = "Źródło"
        labels = {"text": "Źródło", "url": "Adres"}
        label_format = "{text}"
