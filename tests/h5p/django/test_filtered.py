"""The filtered form is a cache; the original stays as it was uploaded."""

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Collection

from h5p.django import filtered
from h5p.django.importing import import_package
from h5p.django.models import ContentVersion
from tests.h5p.django.packages import package, real

pytestmark = pytest.mark.django_db

EVIL = "<img src=x onerror=alert(1)>Zażółć"


@pytest.fixture
def version(stored: Path, collection: Collection) -> ContentVersion:
    semantics = [{"name": "text", "type": "text", "widget": "html", "tags": ["strong"]}]
    return import_package(package(text=EVIL, semantics=semantics), user=None, collection=collection).version


def fresh(version: ContentVersion) -> ContentVersion:
    return ContentVersion.objects.select_related("main_library").get(pk=version.pk)


def test_the_player_gets_sanitised_parameters_and_the_original_stays(version: ContentVersion) -> None:
    played = filtered.params_of(fresh(version))
    assert "onerror" not in str(played)
    assert "Zażółć" in played["text"]
    assert fresh(version).params == {"text": EVIL}


def test_the_second_look_costs_nothing(version: ContentVersion, django_assert_num_queries: Any) -> None:
    first = filtered.params_of(fresh(version))
    again = fresh(version)
    with django_assert_num_queries(0):
        assert filtered.params_of(again) == first


def test_other_rules_make_it_anew(version: ContentVersion) -> None:
    good = filtered.params_of(fresh(version))
    ContentVersion.objects.update(filtered={"text": "old"}, filtered_with="0")
    assert filtered.params_of(fresh(version)) == good
    assert fresh(version).filtered == good


def test_a_real_presentation_keeps_its_slides(stored: Path, collection: Collection) -> None:
    with real("lumi__H5P.CoursePresentation.h5p") as file:
        version = import_package(file, user=None, collection=collection).version
    played = filtered.params_of(fresh(version))
    assert len(played["presentation"]["slides"]) == len(version.params["presentation"]["slides"])
