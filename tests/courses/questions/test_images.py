"""Images in questions: shown with their alternative text, and frozen in an attempt for ever."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from PIL import Image as Drawing
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from courses import drawing, question_images
from courses.models import Question
from courses.questions import load
from tests import make

from .samples import SAMPLES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(colour: str = "red", *, width: int = 1000) -> Any:
    """An image of the library, 1000 × 500 pixels."""
    file = BytesIO()
    Drawing.new("RGB", (width, width // 2), colour).save(file, "PNG")
    return get_image_model().objects.create(title=f"Wykres {colour}", file=ImageFile(file, name=f"{colour}.png"))


def embed(image: Any, alt: str = "Wykres wieku") -> str:
    return f'<embed alt="{alt}" embedtype="image" format="fullwidth" id="{image.pk}"/>'


def with_images(image: Any, other: Any) -> Question:
    """A question with one image in its text, another in an option and in the option's feedback."""
    option = {
        "text": "rośnie",
        "correct": True,
        "feedback": f"<p>Tak.</p>{embed(other, 'Tabela')}",
        "image": {"image": other.pk, "alt_text": "Strzałka w górę", "decorative": False},
    }
    return make.question(
        "single_choice",
        {
            "text": f"<p>Co pokazuje wykres?</p>{embed(image)}",
            "options": [option, {"text": "maleje", "correct": False}],
            "feedback": "",
        },
    )


def test_frozen_images_are_plain_pictures_with_their_size() -> None:
    question = with_images(picture(), picture("blue", width=400))

    data = drawing.freeze(question, 1).data

    assert '<img src="/pliki/images/questions/' in data["text"]
    assert 'alt="Wykres wieku" width="800" height="400">' in data["text"]
    assert "embed" not in str(data)
    image = data["options"][0]["image"]
    assert (image["alt"], image["width"], image["height"]) == ("Strzałka w górę", 400, 200)
    assert image["src"] in data["options"][0]["feedback"]
    assert data["options"][1].get("image") is None


def test_the_picture_of_an_option_is_shown_with_it() -> None:
    data = drawing.freeze(with_images(picture(), picture("blue")), 1).data

    options = load("single_choice", data).public(seed="", shuffle=False)["options"]

    assert options[0]["image"]["alt"] == "Strzałka w górę"
    assert options[1]["image"] is None


def test_what_was_frozen_stays_when_the_image_is_deleted() -> None:
    image = picture()
    question = with_images(image, picture("blue"))
    src = drawing.freeze(question, 1).data["options"][0]["image"]["src"]
    name = src.removeprefix("/pliki/")

    get_image_model().objects.all().delete()

    assert default_storage.exists(name)
    again = drawing.freeze(Question.objects.get(pk=question.pk), 1).data
    assert "[Obraz: Wykres wieku]" in again["text"]
    assert again["options"][0]["image"] is None


def test_the_same_picture_is_kept_once() -> None:
    image = picture()
    first = drawing.freeze(with_images(image, image), 1)
    second = drawing.freeze(with_images(image, image), 1)

    assert first.data["text"] == second.data["text"]
    assert len(default_storage.listdir(question_images.FOLDER)[1]) == 1


def test_a_lost_file_is_no_reason_not_to_ask(settings: Any) -> None:
    image = picture()
    question = with_images(image, image)
    Path(image.file.path).unlink()

    assert "[Obraz: Wykres wieku]" in drawing.freeze(question, 1).data["text"]


@pytest.mark.parametrize(
    "text",
    [
        '<p>Pytanie</p><img src="https://example.org/sledzi.gif" onerror="alert(1)">',
        "<p>Pytanie</p><IMG src=x>",
        '<p>Pytanie</p><embed embedtype="media" url="https://example.org/"/>',
        '<p>Pytanie</p><embed embedtype="image" id="1 OR 1" alt=""/>',
    ],
)
def test_only_images_of_the_library_become_pictures(text: str) -> None:
    question = make.question("open_text", {**SAMPLES["open_text"], "text": text})

    assert drawing.freeze(question, 1).data["text"] == "<p>Pytanie</p>"


def test_an_alternative_text_cannot_break_out_of_its_place() -> None:
    nasty = "&quot; onerror=&quot;alert(1)&quot; &lt;script&gt;"
    question = make.question("open_text", {**SAMPLES["open_text"], "text": f"<p>Pytanie</p>{embed(picture(), nasty)}"})

    text = drawing.freeze(question, 1).data["text"]

    assert 'alt="&quot; onerror=&quot;alert(1)&quot; &lt;script&gt;"' in text


def test_a_decorative_image_has_no_alternative_text() -> None:
    image = {"image": picture().pk, "alt_text": "Wzorek", "decorative": True}
    data = {**SAMPLES["multiple_choice"]}
    data["options"] = [{**data["options"][0], "image": image}, *data["options"][1:]]

    assert drawing.freeze(make.question("multiple_choice", data), 1).data["options"][0]["image"]["alt"] == ""


def test_forty_questions_with_images_are_frozen_with_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    image, other = picture(), picture("blue")
    for _number in range(40):
        with_images(image, other)
    drawing.freeze(with_images(image, other), 1)
    questions = list(Question.objects.all())

    with django_assert_num_queries(2):
        frozen = drawing.freeze_all([(question, 1) for question in questions])

    with django_assert_num_queries(0):
        for asked in frozen:
            load(asked.kind, asked.data).public(seed="", shuffle=True)


def test_questions_without_images_are_frozen_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for kind, sample in SAMPLES.items():
        make.question(kind, sample)
    questions = list(Question.objects.all())

    with django_assert_num_queries(0):
        drawing.freeze_all([(question, 1) for question in questions])


def test_the_bank_knows_which_images_its_questions_use(indexing: None) -> None:
    image, other = picture(), picture("blue")
    question = with_images(image, other)

    for used in (image, other):
        references = ReferenceIndex.get_references_to(used).group_by_source_object()
        assert [source for source, _references in references] == [question]


def test_an_image_of_an_option_needs_an_alternative_text_or_the_mark_of_decoration() -> None:
    question = with_images(picture(), picture("blue"))
    stream = Question._meta.get_field("content").stream_block
    image = question.content[0].value["options"][0]["image"]

    image.contextual_alt_text = ""
    with pytest.raises(ValidationError):
        stream.clean(question.content)
    image.decorative = True
    stream.clean(question.content)


def test_the_preview_shows_the_images_and_copies_nothing() -> None:
    question = with_images(picture(), picture("blue"))

    shown = question_images.shown(question.kind, question.data)

    assert "/pliki/images/" in shown["options"][0]["image"]["src"]
    assert not default_storage.exists(question_images.FOLDER)
