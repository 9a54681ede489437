"""What the player gets: sanitised parameters. The original is never changed.

The result is a cache on the version, made anew where the rules are others than those it was made with. Libraries are no
part of that: a version is pinned to its own for ever.
"""

from typing import Any

from h5p.django.models import ContentVersion
from h5p.django.registry import name_of, registry_of
from h5p.filtering import filter_params

# Another value makes every filtered form anew: raise it where the filter changes its mind.
RULES = "1"


def params_of(version: ContentVersion) -> Any:
    """The parameters to play with. No query from the cache; otherwise two, and one that writes.

    Needs `version.main_library`.
    """
    if version.filtered_with != RULES:
        version.filtered = filtered(version)
        version.filtered_with = RULES
        ContentVersion.objects.filter(pk=version.pk).update(filtered=version.filtered, filtered_with=RULES)
    return version.filtered


def filtered(version: ContentVersion) -> Any:
    """Sanitised by the semantics of the very libraries the version plays with."""
    registry = registry_of(version)
    main = registry.find(name_of(version.main_library))
    if main is None:
        raise LookupError(f"{version} is not pinned to its own type")
    return filter_params(version.params, main, registry.find)
