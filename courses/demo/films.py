"""The films of the demo site: made on the spot where ffmpeg is installed, none where it is not."""

from pathlib import Path

from django.conf import settings
from django.core.files import File
from wagtail.models import Collection, Page

from elearning.institutions.models import TerritorialUnit
from media import videos
from media.models import FilmIndexPage, FilmPage, TextTrack, Video

from . import filming
from .files import Table, read

COLLECTION = "Filmy"
LEAD = "Krótkie filmy o\xa0tym, jak instytucje pracują razem. Każdy ma napisy i\xa0transkrypcję."
# Where what was made once is kept.
FOLDER = Path(settings.VAR_DIR) / "demo-films"


def build(home: Page) -> dict[str, FilmPage]:
    """The library with its films by the keys that lessons name; those that are there stay as they are."""
    index = FilmIndexPage.objects.first() or _published(
        home, FilmIndexPage(title="Filmy dobrych praktyk", slug="filmy", lead=LEAD, show_in_menus=True)
    )
    if not filming.can_film():
        return {}
    return {texts["key"]: _existing(texts["slug"]) or _film(index, texts) for texts in read("films.toml")["film"]}


def _existing(slug: str) -> FilmPage | None:
    return FilmPage.objects.filter(slug=slug).first()


def _film(index: Page, texts: Table) -> FilmPage:
    chapters = [filming.Chapter(row["title"], tuple(row["sentences"])) for row in texts["chapter"]]
    made = filming.make(texts["title"], chapters, FOLDER)
    page = FilmPage(
        title=texts["title"],
        slug=texts["slug"],
        lead=texts["lead"],
        video=_video(texts["title"], made.path),
        track=texts["track"],
        place=TerritorialUnit.objects.filter(code=texts.get("place")).first(),
        about=texts["about"],
        chapters=made.chapters,
        credits=texts["credits"],
        licence="cc-by",
        is_sample=True,
        tracks=[TextTrack(kind="captions", language="pl", vtt=made.vtt)],
    )
    page.topics.add(*texts["topics"])
    return _published(index, page)


def _video(title: str, path: Path) -> Video:
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
    with path.open("rb") as file:
        return videos.add(File(file, name=path.name), title=title, collection=collection, user=None, is_sample=True)


def _published(parent: Page, page: Page) -> Page:
    child = Page.objects.get(pk=parent.pk).add_child(instance=page)
    child.save_revision().publish()
    return child
