"""Plain builders of news, their topics, pictures and files."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, PageViewRestriction

from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, RelatedNews
from tests import make

_numbers = count(1)
PARAGRAPH = [("paragraph", "<p>Treść aktualności.</p>")]


def index(**fields: Any) -> NewsIndexPage:
    make.site()
    page = NewsIndexPage(title="Aktualności", slug="aktualnosci", **fields)
    return make.publish(HomePage.objects.get().add_child(instance=page))


def news(
    title: str = "Wiadomość", *, topics: Iterable[str] = (), related: Iterable[NewsPage] = (), **fields: Any
) -> NewsPage:
    """Published news with one paragraph."""
    page = NewsPage(title=title, slug=fields.pop("slug", f"wiadomosc-{next(_numbers)}"), live=False)
    for name, value in {"body": PARAGRAPH, **fields}.items():
        setattr(page, name, value)
    page.tags.set(topics)
    page.related_links = [RelatedNews(target=target) for target in related]
    NewsIndexPage.objects.get().add_child(instance=page)
    return make.publish(page)


def _root_of_collections() -> None:
    """Made anew where a flushed database has lost it."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def picture(title: str = "Spotkanie") -> Any:
    _root_of_collections()
    return get_image_model().objects.create(title=title, file=get_test_image_file(f"zdjecie{next(_numbers)}.png"))


def file(title: str = "Program", name: str = "program.pdf") -> Any:
    _root_of_collections()
    return get_document_model().objects.create(title=title, file=ContentFile(b"%PDF-1.4" + b"x" * 1500, name=name))


def restrict(page: Any) -> None:
    """Only for people with an account."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
