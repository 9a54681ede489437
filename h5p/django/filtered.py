"""What the player gets: parameters put into the language of the site and sanitised. The original is never changed.

The result is a cache on the version. It is made anew where the rules or the translations are others than those it was
made with. Libraries are no part of that: a version is pinned to its own for ever.
"""

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.conf import settings

from h5p.django.models import ContentVersion
from h5p.django.registry import name_of, registry_of
from h5p.filtering import filter_params
from h5p.localisation import localise

# Another value makes every filtered form anew: raise it where the filter or the localisation changes its mind.
RULES = "1"


def params_of(version: ContentVersion) -> Any:
    """The parameters to play with. No query from the cache; otherwise two, and one that writes.

    Needs `version.main_library`.
    """
    made_with = _rules(site_language())
    if version.filtered_with != made_with:
        version.filtered = filtered(version)
        version.filtered_with = made_with
        ContentVersion.objects.filter(pk=version.pk).update(filtered=version.filtered, filtered_with=made_with)
    return version.filtered


def filtered(version: ContentVersion) -> Any:
    """Localised first, while texts still are as authors froze them; sanitised last, translations of libraries too."""
    registry = registry_of(version)
    main = registry.find(name_of(version.main_library))
    if main is None:
        raise LookupError(f"{version} is not pinned to its own type")
    localised = localise(version.params, main, registry.find, language=site_language())
    return filter_params(localised, main, registry.find)


def site_language() -> str:
    """The language of the site, not of the request: all people share the filtered form."""
    return settings.LANGUAGE_CODE.split("-", maxsplit=1)[0]


@lru_cache
def _rules(language: str) -> str:
    """Names the rules: our number for the code, and the bytes of our own translations."""
    digest = hashlib.sha256(f"{RULES} {language}".encode())
    folder = files("h5p") / "translations" / language
    for translation in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
        digest.update(translation.read_bytes())
    return digest.hexdigest()
