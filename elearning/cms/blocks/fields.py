"""The base of blocks with several fields."""

from typing import Any

from wagtail import blocks


class FieldsBlock(blocks.StructBlock):
    """Several fields, whose labels and hints stand in `Meta`, so that a better wording makes no migration."""

    class Meta:
        labels: dict[str, str] = {}
        hints: dict[str, str] = {}

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks, **kwargs)
        for name, label in self.meta.labels.items():
            self.child_blocks[name].label = label
        for name, hint in self.meta.hints.items():
            child = self.child_blocks[name]
            # Lists, tables and streams have no field of a form; they show what their own options say.
            getattr(child, "field", child.meta).help_text = hint
