"""„Który model dla mojej gminy?”"""

from typing import Any, ClassVar

from django.http import HttpRequest

from elearning.cms import matching

from .base import BasePage, page_path


class MatchPage(BasePage):
    """Takes the name of a gmina and gives the model that fits it, why, who took part nearby, and the course."""

    max_count = 1
    parent_page_types = ["cms.TrackIndexPage"]
    subpage_types: list[str] = []
    search_kind: ClassVar[str] = "track"

    class Meta:
        verbose_name = "który model dla mojej gminy"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what was found for the gmina in the address. Ten queries at most."""
        found = matching.answer(request.GET)
        return {**super().get_context(request, *args, **kwargs), **found, "address": page_path(self)}
