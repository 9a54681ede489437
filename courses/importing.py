"""Questions from files into the bank: upload, read in the background, look, then all of them or none."""

import logging
import re
from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from courses import exchange
from courses.exchange import Found, Image
from courses.models import Question, QuestionCategory, QuestionImport
from courses.models.questions import QuestionTag
from elearning.accounts.models import User

logger = logging.getLogger(__name__)

State = QuestionImport.State
BATCH = 500  # rows of one statement
WATCHED = 20  # items between two notes of how far it is
FAILED = "Nie udało się zaimportować pytań z powodu błędu serwisu. Nic nie zostało zapisane. Spróbuj ponownie."
# What in a question points at something else of the site, and so belongs in Wagtail's index of references.
POINTS_ELSEWHERE = re.compile(r"linktype=|embedtype=|'image': \d")


def receive(upload: UploadedFile, *, user: User) -> QuestionImport:
    """Keep an uploaded file; `read` goes on from there."""
    return QuestionImport.objects.create(name=upload.name or "plik", file=upload, uploaded_by=user)


def read(import_id: int) -> None:
    """Read an uploaded file and write down what is in it. A file that was read already stays as it is."""
    row = QuestionImport.objects.get(pk=import_id)
    if row.state != State.READING:
        return
    reading = _reading(row)
    row.format = reading.format
    row.questions = [
        {"title": found.title, "kind": found.kind, "category": " / ".join(found.category), "place": found.place}
        for found in reading.found
    ]
    row.problems = [asdict(problem) for problem in reading.problems]
    row.state = State.BROKEN if reading.is_broken or not reading.found else State.READY
    row.save(update_fields=["format", "questions", "problems", "state"])


def claim(row: QuestionImport, *, category: QuestionCategory | None) -> bool:
    """Begin to import a file that is ready; whether this call does. A second click finds it begun.

    `category` takes all questions; without one each goes where its file says, and the missing categories are made.
    """
    ready = QuestionImport.objects.filter(pk=row.pk, state=State.READY)
    return ready.update(state=State.SAVING, done=0, category=category) == 1


def save(import_id: int) -> None:
    """Put all questions of a claimed file into the bank, or none. What fails leaves the file ready as before."""
    row = QuestionImport.objects.select_related("category", "uploaded_by").get(pk=import_id)
    if row.state != State.SAVING:
        return
    try:
        reading = _reading(row)
        with transaction.atomic():
            saved = _saved(reading.found, row)
            row.state = State.SAVED
            row.save(update_fields=["state"])
    # Whatever stops it, the editor must learn of it and may try again.
    except Exception:
        logger.exception("Import %s of questions failed", import_id)
        problems = [*row.problems, {"place": "", "kind": "", "reason": FAILED, "effect": "changed"}]
        QuestionImport.objects.filter(pk=row.pk).update(state=State.READY, problems=problems)
        return
    _index(saved)


def _reading(row: QuestionImport) -> exchange.Reading:
    def note(done: int, total: int) -> None:
        if done % WATCHED == 0 or done == total:
            QuestionImport.objects.filter(pk=row.pk).update(done=done, total=total)

    with row.file.open("rb") as file:
        return exchange.read(file.read(), row.name, watch=note)


def _saved(found: Iterable[Found], row: QuestionImport) -> list[Question]:
    """The questions as rows with a first version each."""
    shelves: dict[str, QuestionCategory] = {}
    found = list(found)
    questions = [_question(each, _shelf(each, row, shelves), row.uploaded_by) for each in found]
    Question.objects.bulk_create(questions, batch_size=BATCH)
    _tag(questions, found)
    kind = ContentType.objects.get_for_model(Question)
    now = timezone.now()
    versions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=kind,
                base_content_type=kind,
                object_id=str(question.pk),
                created_at=now,
                user=row.uploaded_by,
                object_str=str(question),
                content=question.serializable_data(),
            )
            for question in questions
        ],
        batch_size=BATCH,
    )
    for question, version in zip(questions, versions, strict=True):
        question.latest_revision = version
    Question.objects.bulk_update(questions, ["latest_revision"], batch_size=BATCH // 5)  # its statement grows squarely
    return questions


def _shelf(found: Found, row: QuestionImport, known: dict[str, QuestionCategory]) -> QuestionCategory:
    if row.category is not None:
        return row.category
    name = found.category[-1] if found.category else row.name[:100]
    if name not in known:
        known[name] = QuestionCategory.objects.get_or_create(name=name)[0]
    return known[name]


def _question(found: Found, category: QuestionCategory, user: User) -> Question:
    kept: dict[str, int] = {}

    def number(image: Image) -> int:
        if image.source not in kept:
            kept[image.source] = _stored(image, user)
        return kept[image.source]

    def markup(image: Image, alt: str) -> str:
        return format_html('<embed embedtype="image" id="{}" alt="{}" format="fullwidth"/>', number(image), alt)

    def picture(image: Image, alt: str) -> dict[str, Any]:
        return {"image": number(image), "alt_text": alt, "decorative": not alt}

    data = exchange.with_images(found, markup, picture)
    return Question(category=category, title=found.title, kind=found.kind, content=[(found.kind, data)])


def _tag(questions: list[Question], found: list[Found]) -> None:
    """The tags of the file. Each question also gets them in memory, for its first version."""
    tags = {name: Tag.objects.get_or_create(name=name)[0] for each in found for name in each.tags}
    for question, each in zip(questions, found, strict=True):
        links = [QuestionTag(tag=tags[name], content_object=question) for name in dict.fromkeys(each.tags)]
        question.tagged_items = links  # type: ignore[misc]  # modelcluster keeps them with the instance
    QuestionTag.objects.bulk_create([link for question in questions for link in question.tagged_items.all()])


def _stored(image: Image, user: User) -> int:
    """The number of the image in the library of images."""
    model = get_image_model()
    stored = model(title=image.name[:255], uploaded_by_user=user)
    stored.file.save(image.name, ImageFile(BytesIO(image.content), name=image.name), save=False)
    stored.save()
    return int(stored.pk)


def _index(questions: list[Question]) -> None:
    """What saving one by one would have told the search and the index of references."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Question, questions)
    for question in questions:
        if POINTS_ELSEWHERE.search(str(question.content.raw_data)):
            ReferenceIndex.create_or_update_for_object(question)
