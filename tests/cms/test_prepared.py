"""Statements made once: they find what the queryset finds, for any value."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from elearning.cms.prepared import Prepared
from tests import make

pytestmark = pytest.mark.django_db


def by_address(end: str | int, depth: int) -> models.QuerySet[Page, tuple[Any, ...]]:
    return Page.objects.filter(url_path__endswith=end, depth__lte=depth).order_by("pk").values_list("pk", "title")


def test_it_finds_what_the_queryset_finds(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make.course()
    prepared = Prepared(by_address, 2)

    for end in ("/", "/kursy/", "start/"):
        with django_assert_num_queries(1):
            found = prepared.rows(end, 99)
        assert found == list(by_address(end, 99))
    assert prepared.rows("/", 1) == list(by_address("/", 1))


def test_signs_with_a_meaning_in_patterns_have_none() -> None:
    prepared = Prepared(by_address, 2)

    assert prepared.rows("%", 99) == []
    assert prepared.rows("_", 99) == []
    assert prepared.rows("' OR 1=1 --", 99) == []


def test_values_come_back_as_the_fields_make_them() -> None:
    page = make.course()
    prepared = Prepared(lambda key: Page.objects.filter(translation_key=key).values_list("translation_key", "live"), 1)

    assert prepared.rows(page.translation_key) == [(page.translation_key, True)]
    assert prepared.rows(uuid4()) == []
