"""What the page of a training is made of: days with blocks, questions of the form, materials, the survey."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from elearning.cms.blocks import FieldsBlock
from elearning.records.training import AnswerKind


class ProgrammeBlock(FieldsBlock):
    """A part of a day with one topic, in wall time; known for ever by the id that Wagtail gives it."""

    start = blocks.TimeBlock()
    end = blocks.TimeBlock()
    topic = blocks.CharBlock(max_length=255)
    trainer = blocks.CharBlock(required=False, max_length=150)
    hours = blocks.DecimalBlock(
        required=False, default=0, max_digits=4, decimal_places=1, validators=[MinValueValidator(0)]
    )

    class Meta:
        icon = "time"
        label = "Blok"
        label_format = "{start} {topic}"
        labels = {
            "start": "Od",
            "end": "Do",
            "topic": "Temat",
            "trainer": "Prowadząca lub prowadzący",
            "hours": "Godziny dydaktyczne",
        }
        hints = {"hours": "Po 45\xa0minut. Przerwa ma 0."}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["end"] <= cleaned["start"]:
            raise StructBlockValidationError(
                {"end": ValidationError("Koniec musi być po początku. Popraw jedną z\xa0godzin.")}
            )
        cleaned["hours"] = cleaned["hours"] or 0
        return cleaned


class DayBlock(FieldsBlock):
    """A day of a training."""

    date = blocks.DateBlock()
    blocks = blocks.ListBlock(ProgrammeBlock(), min_num=1)

    class Meta:
        icon = "date"
        label = "Dzień"
        label_format = "{date}"
        labels = {"date": "Data", "blocks": "Bloki"}


class ExtraQuestionBlock(FieldsBlock):
    """A question of the registration form."""

    text = blocks.CharBlock(max_length=300)
    hint = blocks.CharBlock(required=False, max_length=300)
    kind = blocks.ChoiceBlock(
        choices=[
            (AnswerKind.TEXT.value, "krótka odpowiedź"),
            (AnswerKind.LONG_TEXT.value, "dłuższa odpowiedź"),
            (AnswerKind.CHOICE.value, "jedna z\xa0możliwości"),
            (AnswerKind.CHOICES.value, "kilka możliwości"),
            (AnswerKind.YES_NO.value, "tak lub nie"),
        ],
        default=AnswerKind.TEXT.value,
    )
    choices = blocks.TextBlock(required=False, max_length=2000)
    required = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "help"
        label = "Pytanie"
        label_format = "{text}"
        labels = {
            "text": "Pytanie",
            "hint": "Wyjaśnienie",
            "kind": "Rodzaj odpowiedzi",
            "choices": "Możliwości",
            "required": "Wymagane",
        }
        hints = {"choices": "Każda w\xa0osobnej linii, gdy pytasz o\xa0możliwości."}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        has_choices = cleaned["kind"] in (AnswerKind.CHOICE, AnswerKind.CHOICES)
        if has_choices and len(choices_of(cleaned["choices"])) < 2:
            raise StructBlockValidationError({"choices": ValidationError("Podaj co najmniej dwie możliwości.")})
        return cleaned


def choices_of(text: str) -> tuple[str, ...]:
    """The lines of a field of possibilities, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class CriterionBlock(FieldsBlock):
    """Something that gives points on a reserve list by criteria."""

    text = blocks.CharBlock(max_length=300)
    points = blocks.IntegerBlock(min_value=1, max_value=100, default=1)

    class Meta:
        icon = "order"
        label = "Kryterium"
        label_format = "{text}"
        labels = {"text": "Kryterium", "points": "Punkty"}


class MaterialBlock(FieldsBlock):
    """The common part of materials: for all, or for those who took part."""

    title = blocks.CharBlock(max_length=200)
    audience = blocks.ChoiceBlock(
        choices=[("all", "dla wszystkich"), ("participants", "dla uczestniczek i\xa0uczestników")], default="all"
    )


LABELS = {"title": "Tytuł", "audience": "Kto zobaczy"}


class FileMaterialBlock(MaterialBlock):
    """A file, such as the slides."""

    document = DocumentChooserBlock()

    class Meta:
        icon = "doc-full"
        label = "Plik"
        label_format = "{title}"
        labels = {**LABELS, "document": "Plik"}


class FilmMaterialBlock(MaterialBlock):
    """A film of the library, such as the recording."""

    film = blocks.PageChooserBlock(page_type="media.FilmPage")

    class Meta:
        icon = "media"
        label = "Nagranie lub film"
        label_format = "{title}"
        labels = {**LABELS, "film": "Film z\xa0biblioteki"}


class TemplateMaterialBlock(MaterialBlock):
    """A document of the library."""

    document = blocks.PageChooserBlock(page_type="library.DocumentPage")

    class Meta:
        icon = "doc-full-inverse"
        label = "Wzór dokumentu"
        label_format = "{title}"
        labels = {**LABELS, "document": "Wzór z\xa0biblioteki"}


class LinkMaterialBlock(MaterialBlock):
    """An address elsewhere."""

    url = blocks.URLBlock()

    class Meta:
        icon = "link"
        label = "Adres"
        label_format = "{title}"
        labels = {**LABELS, "url": "Adres"}


class ScaleBlock(FieldsBlock):
    """A statement or question answered from 1 to 5."""

    text = blocks.CharBlock(max_length=300)
    low = blocks.CharBlock(max_length=60, default="zdecydowanie nie")
    high = blocks.CharBlock(max_length=60, default="zdecydowanie tak")

    class Meta:
        icon = "order"
        label = "Skala od 1 do 5"
        label_format = "{text}"
        labels = {"text": "Pytanie", "low": "Co znaczy 1", "high": "Co znaczy 5"}


class SurveyChoiceBlock(FieldsBlock):
    """A question with possibilities."""

    text = blocks.CharBlock(max_length=300)
    choices = blocks.TextBlock(max_length=2000)
    multiple = blocks.BooleanBlock(required=False)

    class Meta:
        icon = "list-ul"
        label = "Wybór"
        label_format = "{text}"
        labels = {"text": "Pytanie", "choices": "Możliwości", "multiple": "Można wybrać kilka"}
        hints = {"choices": "Każda w\xa0osobnej linii."}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if len(choices_of(cleaned["choices"])) < 2:
            raise StructBlockValidationError({"choices": ValidationError("Podaj co najmniej dwie możliwości.")})
        return cleaned


class OpenTextBlock(FieldsBlock):
    """A question answered in own words."""

    text = blocks.CharBlock(max_length=300)

    class Meta:
        icon = "pilcrow"
        label = "Odpowiedź własnymi słowami"
        label_format = "{text}"
        labels = {"text": "Pytanie"}


class DaysBlock(blocks.StreamBlock):
    """The programme."""

    day = DayBlock()


class ExtraQuestionsBlock(blocks.StreamBlock):
    """The organiser's questions."""

    question = ExtraQuestionBlock()


class CriteriaBlock(blocks.StreamBlock):
    """Criteria of a reserve list."""

    criterion = CriterionBlock()


class MaterialsBlock(blocks.StreamBlock):
    """What stays after a training."""

    file = FileMaterialBlock()
    film = FilmMaterialBlock()
    template = TemplateMaterialBlock()
    link = LinkMaterialBlock()


class SurveyBlock(blocks.StreamBlock):
    """The questions of a survey."""

    scale = ScaleBlock()
    choice = SurveyChoiceBlock()
    open_text = OpenTextBlock()
