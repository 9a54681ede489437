"""The strip of signs at the foot of pages: the page's project, the site's own, the flags."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django.db import IntegrityError
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model

from elearning.accounts.models import User
from elearning.cms.funding import strip_of
from elearning.cms.models import HomePage, Project, ProjectPage
from tests import make

from .test_pages import about

pytestmark = pytest.mark.django_db

FLAG = "img/flag-eu.svg"


def project(name: str, *, signs: bool = True, **fields: Any) -> Project:
    image = None
    if signs:
        picture = BytesIO()
        Image.new("RGB", (1800, 240), "white").save(picture, "PNG")
        image = get_image_model()(title=name)
        image.file = ImageFile(BytesIO(picture.getvalue()), name="znaki.png")
        image.save()
    alt = f"Znaki: {name}"
    return Project.objects.create(
        name=name, funding_text=f"{name} z Unii.", logo_strip=image, logo_strip_alt=alt, **fields
    )


def foot(client: Client, address: str) -> str:
    return client.get(address).content.decode().split('class="funding"')[1]


def test_without_a_project_the_flags_stand_at_the_foot(client: Client, site: HomePage) -> None:
    assert FLAG in foot(client, "/")


def test_the_project_of_the_site_stands_on_every_page(client: Client, site: HomePage, as_learner: Client) -> None:
    project("Nasz", is_default=True)
    project("Inny")
    for address in ("/", "/konto/login/", "/nie-ma-takiej/"):
        page = foot(client, address)
        assert 'alt="Znaki: Nasz"' in page
        assert "Nasz z\xa0Unii." in page
        assert FLAG not in page
    assert 'alt="Znaki: Nasz"' in foot(as_learner, "/panel/")


def test_a_project_without_signs_has_flags_and_its_words(client: Client, site: HomePage) -> None:
    project("Nasz", signs=False, is_default=True)
    page = foot(client, "/")
    assert FLAG in page
    assert "Nasz z\xa0Unii." in page


def test_a_course_and_its_lessons_have_the_signs_of_their_project(as_learner: Client, learner: User) -> None:
    project("Nasz", is_default=True)
    course = make.course("Kurs", project=project("Kursu"))
    make.enrolment(learner, course)
    lesson = course.get_descendants().last()
    for address in (course.get_url(), lesson.get_url()):
        assert 'alt="Znaki: Kursu"' in foot(as_learner, address)


def test_the_page_of_a_project_has_its_signs_and_is_led_to(client: Client, site: HomePage) -> None:
    mine = project("Mój")
    project("Nasz", is_default=True)
    page = ProjectPage(title="Mój projekt", slug="moj", project=mine)
    make.publish(about(site).add_child(instance=page))
    assert 'alt="Znaki: Mój"' in foot(client, "/o-projekcie/moj/")
    assert 'href="/o-projekcie/moj/"' in foot(client, "/o-projekcie/moj/")
    assert "o-projekcie/moj" not in foot(client, "/o-projekcie/")


def test_the_strip_takes_one_query(site: HomePage, django_assert_num_queries: Any) -> None:
    mine = project("Mój")
    project("Nasz", is_default=True)
    assert strip_of(mine.pk) is not None  # the image is made for the first time
    with django_assert_num_queries(1):
        strip = strip_of(mine.pk)
    assert strip is not None
    assert (strip.width, strip.height) == (1200, 160)
    assert strip.src.startswith("/pliki/images/")


def test_an_image_that_is_gone_breaks_no_page(client: Client, site: HomePage) -> None:
    mine = project("Nasz", is_default=True)
    assert mine.logo_strip is not None
    mine.logo_strip.file.storage.delete(mine.logo_strip.file.name)
    assert client.get("/").status_code == 200


def test_an_error_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        page = render_to_string("500.html")
    assert FLAG in page


def test_the_database_keeps_one_project_of_the_site(site: HomePage) -> None:
    project("Nasz", signs=False, is_default=True)
    with pytest.raises(IntegrityError):
        project("Drugi", signs=False, is_default=True)


def test_paper_tells_the_address_of_the_page(client: Client, site: HomePage, settings: Any) -> None:
    assert f"Adres tej strony: {settings.BASE_URL}/kursy/" in foot(client, "/kursy/?model=urban")
