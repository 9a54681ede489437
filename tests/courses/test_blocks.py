"""Every block of a lesson: its words in the editor, its preview, and what readers get."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import Image

from courses.blocks import lesson_blocks
from courses.models import LessonPage
from elearning.accounts.models import User
from elearning.cms.models import Datum
from tests import make

UNCLOSED = "ignore::pytest.PytestUnraisableExceptionWarning"
BLOCKS = dict(lesson_blocks())


def each(block: blocks.Block) -> list[blocks.Block]:
    """A block and all blocks in it that are ours to name."""
    inner: list[blocks.Block] = []
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        inner = list(block.child_blocks.values())
    elif isinstance(block, blocks.ListBlock):
        inner = [block.child_block]
    return [block, *(found for child in inner for found in each(child))]


@pytest.fixture
def as_editor(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


@pytest.fixture
def samples(db: None) -> dict[str, Any]:
    """A value for every block that chooses something, and for every other the one of its preview."""
    file = io.BytesIO()
    Picture.new("RGB", (40, 30), "navy").save(file, "PNG")
    image = Image.objects.create(title="Zespół", file=ImageFile(file, "zespol.png"), description="Pięć osób")
    document = Document.objects.create(title="Porozumienie", file=ContentFile(b"x" * 1_234_000, "porozumienie.pdf"))
    chosen: dict[str, Any] = {
        "image": {"image": image, "caption": "Spotkanie"},
        "datum": Datum.objects.create(value="86,34%", label="uznało model za skuteczny", source="S1", date="2021"),
        "attachment": {"document": document, "title": ""},
    }
    chosen["image"]["image"].contextual_alt_text = "Zespół przy stole"
    return {name: chosen.get(name) or block.get_preview_value() for name, block in BLOCKS.items()}


@pytest.mark.parametrize("name", [name for name, block in BLOCKS.items() if isinstance(block, blocks.StructBlock)])
def test_a_folded_block_says_which_one_it_is(name: str) -> None:
    """Without a format Wagtail takes the first field, which may be „Nie” of a checkbox."""
    assert BLOCKS[name].meta.label_format


@pytest.mark.parametrize("name", BLOCKS)
def test_editors_meet_polish_words(name: str) -> None:
    block = BLOCKS[name]
    assert block.meta.label
    assert block.meta.description.endswith(".")
    assert block.meta.icon not in {"placeholder", ""}
    for inner in each(block):
        if inner.name:
            assert inner.label != inner.name.replace("_", " ").capitalize(), f"{name}: {inner.name} has no label"


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_a_preview(as_editor: Client, name: str) -> None:
    block = LessonPage.body.field.stream_block.child_blocks[name]
    response = as_editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert block.is_previewable
    assert response.status_code == 200
    words = {"image": "Spotkanie zespołu", "table": '<th scope="row">GOPS', "datum": "172"}
    assert words.get(name, "<main") in response.content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("heading", "<h2>Kto wchodzi do zespołu</h2>"),
        ("paragraph", "<b>z gminy i z powiatu</b>"),
        # Wagtail leaves closing the file of a new rendition to the garbage collector.
        pytest.param("image", 'alt="Zespół przy stole"', marks=pytest.mark.filterwarnings(UNCLOSED)),
        ("quote", "Jerzy Jęczmienionka"),
        ("callout", "Zgoda rodziny"),
        ("steps", "Instytucje umawiają się"),
        ("accordion", "<summary"),
        ("table", "<caption"),
        ("datum", "86,34%"),
        ("attachment", "PDF, 1,2\xa0MB"),
        ("task", "Wypisz pięć instytucji."),
        ("film", "Wkrótce w tym miejscu"),
        ("activity", "Wkrótce w tym miejscu"),
        ("document", "Wkrótce w tym miejscu"),
    ],
)
def test_readers_get(samples: dict[str, Any], name: str, words: str) -> None:
    lesson = make.lesson(make.course(lessons=0), body=[(name, samples[name])])
    (block,) = LessonPage.objects.get(pk=lesson.pk).body
    assert words in block.render().replace("w\xa0", "w ")


@pytest.mark.parametrize(("name", "gone"), [("image", Image), ("datum", Datum), ("attachment", Document)])
def test_what_was_deleted_leaves_no_trace_and_no_error(samples: dict[str, Any], name: str, gone: type) -> None:
    lesson = make.lesson(make.course(lessons=0), body=[(name, samples[name])])
    gone.objects.all().delete()  # type: ignore[attr-defined]
    (block,) = LessonPage.objects.get(pk=lesson.pk).body
    assert block.render().strip() == ""


def test_a_better_wording_makes_no_migration() -> None:
    """Labels and hints are no arguments of blocks, which migrations would repeat."""
    for name, block in BLOCKS.items():
        for inner in each(block):
            _path, _args, kwargs = inner.deconstruct()
            assert not {"label", "help_text", "icon"} & set(kwargs), f"{name}: {inner.name}"
