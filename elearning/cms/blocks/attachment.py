"""A file to download."""

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class AttachmentBlock(blocks.StructBlock):
    """A file, shown with its type and size."""

    document = DocumentChooserBlock(label="Plik")
    title = blocks.CharBlock(required=False, max_length=150, label="Nazwa", help_text="Bez niej widać tytuł pliku.")

    class Meta:
        icon = "doc-full"
        label = "Załącznik"
        template = "blocks/attachment.html"
        description = "Plik do pobrania. Typ i rozmiar dodajemy sami."

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        document = value["document"]
        return {
            **super().get_context(value, parent_context=parent_context),
            "title": value["title"] or document.title,
            "type": document.file_extension.upper(),
            "size": document.file_size or document.get_file_size(),
        }
