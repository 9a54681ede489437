"""The register of gminy and powiaty, and a page for each of them."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField

from elearning.cms import participants, tables
from elearning.cms import place as places
from elearning.cms.blocks import content_blocks
from elearning.institutions.models import TerritorialUnit

from .base import BasePage, page_path
from .participation import Participation


class PlacesPage(RoutablePageMixin, BasePage):
    """The register of gminy and powiaty: a map, filters, a list and a file; below it a page for every unit."""

    body = StreamField(
        content_blocks(),
        verbose_name="treść nad mapą",
        blank=True,
        help_text="Na przykład, czego źródła nie mówią o\xa0liście gmin.",
    )

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_kind: ClassVar[str] = "place"
    search_gathers: ClassVar[bool] = True

    class Meta:
        verbose_name = "gminy i\xa0powiaty w\xa0projektach"

    @path("")
    def register(self, request: HttpRequest) -> HttpResponseBase:
        """The map and the list, filtered as the address says."""
        answer: HttpResponseBase = self.render(
            request, context_overrides=participants.listing(request.GET, page_path(self))
        )
        return answer

    @path("-/csv/")
    def register_file(self, request: HttpRequest) -> HttpResponseBase:
        """The list, filtered in the same way, as CSV."""
        rows = participants.rows(participants.Filters(request.GET))
        return tables.table_file(rows, "csv", "gminy-i-powiaty", "Gminy i powiaty")

    @re_path(r"^(\d{4}|\d{7})/$")
    def place(self, request: HttpRequest, code: str) -> HttpResponseBase:
        """What is known of one gmina or powiat; 404 for a code that the register has not."""
        unit = TerritorialUnit.objects.select_related("parent__parent").filter(pk=code).first()
        if unit is None:
            raise Http404
        crumbs = [*self.crumbs(), {"title": places.name_of(unit), "url": ""}]
        answer: HttpResponseBase = self.render(
            request,
            context_overrides={**places.context(unit), "crumbs": crumbs},
            template="cms/place.html",
        )
        return answer

    def search_text(self) -> str:
        """The names of all who took part, beside the page's own words."""
        names = Participation.objects.order_by("unit").values_list("unit__name", flat=True).distinct()
        return " ".join([super().search_text(), *names])

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The register, and the pages of those who took part."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        codes = Participation.objects.order_by("unit").values_list("unit_id", flat=True).distinct()
        return urls + [{**urls[0], "location": f"{urls[0]['location']}{code}/"} for code in codes] if urls else urls
