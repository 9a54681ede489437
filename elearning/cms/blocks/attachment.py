"""A file to download."""

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .fields import FieldsBlock


class AttachmentBlock(FieldsBlock):
    """A file, shown with its type and size; nothing where the file was deleted."""

    document = DocumentChooserBlock()
    title = blocks.CharBlock(required=False, max_length=150)

    class Meta:
        icon = "doc-full"
        label = "Załącznik"
        labels = {"document": "Plik", "title": "Nazwa"}
        hints = {"title": "Bez niej widać tytuł pliku."}
        label_format = "{title}"
        template = "blocks/attachment.html"
        preview_template = "blocks/attachment_preview.html"
        preview_value = {"title": "Porozumienie PZK"}
        description = "Plik do pobrania. Typ i rozmiar dodajemy sami."

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        document = value["document"]
        if document is None:
            return {**context, "href": ""}
        return {
            **context,
            "href": document.url,
            "title": value["title"] or document.title,
            "type": document.file_extension.upper(),
            "size": document.get_file_size(),
        }
