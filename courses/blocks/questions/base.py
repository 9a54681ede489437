"""What the blocks of all kinds of questions share: the preview, and the check by the kind's own rules."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from courses import papers, question_images
from courses.questions import InvalidQuestion, load
from elearning.cms.blocks.image import DescribedImageBlock

RICH_TEXT = ["bold", "italic", "ul", "ol", "link", "image"]


class QuestionTextBlock(blocks.RichTextBlock):
    """Named by the first migration, and by nothing else."""


class FeedbackBlock(blocks.RichTextBlock):
    """Named by the first migration, and by nothing else."""


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
        """The question as plain data, ready for JSON; rows of lists carry the ids Wagtail gave them.

        An image is {image, alt_text, decorative}, the first its number, or None.
        """
        return plain(self.get_prep_value(value))

    def get_context(self, value: blocks.StructValue, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        try:
            context["asked"] = papers.sample(self.name, question_images.shown(self.name, self.data(value)))
        except InvalidQuestion as error:
            context["errors"] = list(error.errors.values())
        return context

    def _error(self, field: str, message: str) -> ValidationError:
        if isinstance(self.child_blocks[field], blocks.ListBlock):
            return ListBlockValidationError(non_block_errors=[message])
        return ValidationError(message)


class PlainImageBlock(DescribedImageBlock):
    """An image that may also be given as plain data names it, by its number."""

    def normalize(self, value: Any) -> Any:
        if isinstance(value, Mapping) and isinstance(value.get("image"), int):
            return self.to_python(value)
        return super().normalize(value)


def plain(prepared: Mapping[str, Any]) -> dict[str, Any]:
    """What a stream keeps of a question as its plain data."""
    return {name: [_row(item) for item in part] if isinstance(part, list) else part for name, part in prepared.items()}


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    value = item["value"] if isinstance(item["value"], Mapping) else {"text": item["value"]}
    return {**{name: _image(part) for name, part in value.items()}, "id": item["id"]}


def _image(part: Any) -> Any:
    return None if isinstance(part, Mapping) and part.get("image") is None else part
