"""Installed libraries by the names that contents use."""

from pathlib import Path
from typing import Any

import pytest

from h5p.django.importing import install_libraries
from h5p.django.models import Library
from h5p.django.registry import Registry, addons, as_core
from h5p.names import LibraryName
from tests.h5p.django import make
from tests.h5p.django.packages import package

pytestmark = pytest.mark.django_db

SAMPLE = LibraryName("H5P.Sample", 1, 0)


def test_a_library_is_what_was_uploaded(stored: Path) -> None:
    install_libraries(package(semantics=[{"name": "text", "type": "text"}]), user=None)
    found = Registry().find(SAMPLE)
    assert found is not None
    assert found.tree_hash == Library.objects.get().tree_hash
    assert found.description.scripts == ("sample.js",)
    assert found.semantics == ({"name": "text", "type": "text"},)
    assert found.languages == {"pl": {"semantics": []}}


def test_the_best_tree_stands_for_its_name() -> None:
    make.library("H5P.Sample", version="1.0.3", trust=Library.Trust.TRUSTED)
    trusted = make.library("H5P.Sample", version="1.0.4", trust=Library.Trust.TRUSTED)
    make.library("H5P.Sample", version="1.0.9", trust=Library.Trust.QUARANTINED)
    make.library("H5P.Sample", version="1.1.0")
    found = Registry().find(SAMPLE)
    assert found == as_core(trusted)


def test_a_blocked_library_is_not_there() -> None:
    make.library("H5P.Sample", trust=Library.Trust.BLOCKED)
    assert Registry().find(SAMPLE) is None


def test_what_is_given_comes_first_and_alone_if_asked() -> None:
    given = as_core(make.library("H5P.Sample", version="1.0.1", trust=Library.Trust.QUARANTINED))
    make.library("H5P.Sample", version="1.0.2")
    make.library("H5P.Other")
    assert Registry([given]).find(SAMPLE) == given
    assert Registry([given], installed=False).find(LibraryName("H5P.Other", 1, 0)) is None


def test_a_chain_of_libraries_is_looked_up_by_levels(django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        needs = [{"machineName": f"H5P.Level{number + 1}{side}", "majorVersion": 1, "minorVersion": 0} for side in "AB"]
        for side in "AB":
            name = f"H5P.Level{number}{side}"
            make.library(name, description={"preloadedDependencies": needs if number < 3 else []})
    registry = Registry()
    with django_assert_max_num_queries(8):
        registry.preload([LibraryName("H5P.Level0A", 1, 0)])
    with django_assert_max_num_queries(0):
        assert registry.find(LibraryName("H5P.Level3B", 1, 0)) is not None


def test_addons_are_trusted_and_the_newest() -> None:
    add_to = {"addTo": {"content": {"types": [{"text": {"regex": "x"}}]}}}
    make.library("H5P.Math", version="1.0.0", description=add_to)
    newest = make.library("H5P.Math", version="1.1.0", description=add_to)
    make.library("H5P.Evil", description=add_to, trust=Library.Trust.QUARANTINED)
    make.library("H5P.Plain")
    assert list(addons()) == [as_core(newest)]
