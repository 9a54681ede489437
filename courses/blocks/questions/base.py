"""What the blocks of all kinds of questions share: the text, the feedback, and the check by the kind's own rules."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses import papers
from courses.questions import InvalidQuestion, load

RICH_TEXT = ["bold", "italic", "ul", "ol", "link"]


class QuestionTextBlock(blocks.RichTextBlock):
    """What is asked."""

    class Meta:
        label = "Treść pytania"
        icon = "help"


class FeedbackBlock(blocks.RichTextBlock):
    """What a learner reads after the attempt."""

    class Meta:
        label = "Wyjaśnienie"
        icon = "info-circle"
        help_text = "Zobaczą je wszyscy po podejściu, jeżeli test pokazuje klucz. Napisz, skąd wiadomo, że tak jest."


def question_text() -> QuestionTextBlock:
    return QuestionTextBlock(features=RICH_TEXT)


def question_feedback() -> FeedbackBlock:
    return FeedbackBlock(features=RICH_TEXT, required=False)


class QuestionBlock(blocks.StructBlock):
    """A question of one kind; the block's name in its stream is the kind."""

    class Meta:
        template = "courses/questions/block.html"
        preview_template = "courses/questions/preview.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Raises what the kind's own rules find, each error at its field."""
        cleaned = super().clean(value)
        try:
            load(self.name, self.data(cleaned))
        except InvalidQuestion as error:
            raise StructBlockValidationError(
                block_errors={field: self._error(field, message) for field, message in error.errors.items()}
            ) from None
        return cleaned

    def data(self, value: blocks.StructValue) -> dict[str, Any]:
        """The question as plain data, ready for JSON; rows of lists carry the ids Wagtail gave them."""
        return {name: _plain(part) for name, part in self.get_prep_value(value).items()}

    def get_context(self, value: blocks.StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        try:
            context["asked"] = papers.sample(self.name, self.data(value))
        except InvalidQuestion as error:
            context["errors"] = list(error.errors.values())
        return context

    def _error(self, field: str, message: str) -> ValidationError:
        if isinstance(self.child_blocks[field], blocks.ListBlock):
            return ListBlockValidationError(non_block_errors=[message])
        return ValidationError(message)


def _plain(part: Any) -> Any:
    if isinstance(part, list):
        return [_row(item) for item in part]
    return part


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    value = item["value"]
    return {**(value if isinstance(value, Mapping) else {"text": value}), "id": item["id"]}
