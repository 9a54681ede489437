"""The blocks in which editors write questions: built from what each kind in `courses.questions` declares."""

from wagtail import blocks

from courses.questions import KINDS

from .building import form_block


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """The kinds of questions, in the order of the editor's menu; the block's name is the kind."""
    return [(kind, form_block(question.form)) for kind, question in KINDS.items()]
