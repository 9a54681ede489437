"""The accessibility statement, with the identifiers that the technical conditions ask for."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from elearning.cms.blocks import RICH_TEXT

from .base import BasePage

PROCEDURE = (
    "<p>Napisz lub zadzwoń, jeśli coś na stronie jest dla Ciebie niedostępne. Podaj swoje dane kontaktowe, adres "
    "strony, opis problemu i\xa0to, jak chcesz dostać odpowiedź.</p><p>Odpowiemy najpóźniej w\xa0ciągu 7\xa0dni. Jeśli "
    "to za krótko, powiemy dlaczego i\xa0podamy nowy termin, nie dłuższy niż 2\xa0miesiące.</p><p>Jeśli odmówimy "
    "albo nie odpowiemy, możesz złożyć do nas skargę, a\xa0potem napisać do "
    '<a href="https://bip.brpo.gov.pl">Rzecznika Praw Obywatelskich</a>.</p>'
)
LAW = (
    "ustawy z\xa0dnia 4\xa0kwietnia 2019\xa0r. o\xa0dostępności cyfrowej stron internetowych i\xa0aplikacji mobilnych "
    "podmiotów publicznych"
)


def _list(label: str) -> StreamField:
    return StreamField([("item", blocks.CharBlock(max_length=300, label="Treść"))], verbose_name=label, blank=True)


class AccessibilityStatementPage(BasePage):
    """The statement of the public body that runs the site.

    Its parts, their order and identifiers follow „Warunki techniczne deklaracji dostępności” 2.0 of 31 July 2024.
    """

    class Status(models.TextChoices):
        FULL = "full", "zgodna"
        PARTIAL = "partial", "częściowo zgodna"
        NONE = "none", "niezgodna"

    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy to jeszcze wzór.")
    body_name = models.CharField("podmiot publiczny", max_length=200)
    site_name = models.CharField("nazwa strony internetowej", max_length=200, default="Modele Kooperacji")
    site_url = models.URLField("adres strony internetowej")
    published_on = models.DateField("data publikacji strony")
    updated_on = models.DateField("data ostatniej istotnej aktualizacji")
    status = models.CharField("stan dostępności", max_length=10, choices=Status, default=Status.PARTIAL)
    problems = _list("niezgodności z\xa0załącznikiem")
    exclusions = _list("treści nieobjęte przepisami")
    burdens = RichTextField("nadmierne koszty", features=RICH_TEXT, blank=True)
    made_on = models.DateField("data sporządzenia deklaracji")
    reviewed_on = models.DateField("data ostatniego przeglądu", null=True, blank=True)
    method = models.CharField(
        "na jakiej podstawie", max_length=250, default="samoocena przeprowadzona przez podmiot publiczny"
    )
    facilities = RichTextField("udogodnienia i\xa0ograniczenia", features=RICH_TEXT, blank=True)
    shortcuts = RichTextField("skróty klawiszowe", features=RICH_TEXT, blank=True)
    contact = models.CharField("za dostępność odpowiada", max_length=200)
    email = models.EmailField("e-mail")
    phone = models.CharField(
        "telefon", max_length=30, validators=[RegexValidator(r"^[+\d][\d \-()]{6,}$", "Wpisz numer telefonu.")]
    )
    procedure = RichTextField("obsługa wniosków i\xa0skarg", features=RICH_TEXT, default=PROCEDURE)
    apps = RichTextField("aplikacje mobilne", features=RICH_TEXT, blank=True)
    architecture = RichTextField("dostępność architektoniczna", features=RICH_TEXT)
    architecture_url = models.URLField("strona o\xa0dostępności architektonicznej", blank=True)
    communication = RichTextField("dostępność komunikacyjno-informacyjna", features=RICH_TEXT)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("is_sample"),
        MultiFieldPanel(
            [
                FieldPanel("body_name"),
                FieldRowPanel([FieldPanel("site_name"), FieldPanel("site_url")]),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("updated_on")]),
            ],
            heading="Strona i\xa0podmiot",
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldPanel("problems"), FieldPanel("exclusions"), FieldPanel("burdens")],
            heading="Stan dostępności",
        ),
        MultiFieldPanel(
            [
                HelpPanel("<p>Przejrzyj deklarację co roku, do 31\xa0marca, i\xa0wpisz tu dzień przeglądu.</p>"),
                FieldRowPanel([FieldPanel("made_on"), FieldPanel("reviewed_on")]),
                FieldPanel("method"),
            ],
            heading="Sporządzenie i\xa0przegląd",
        ),
        MultiFieldPanel([FieldPanel("facilities"), FieldPanel("shortcuts")], heading="Udogodnienia"),
        MultiFieldPanel(
            [
                FieldPanel("contact"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("procedure"),
            ],
            heading="Kontakt, wnioski i\xa0skargi",
        ),
        MultiFieldPanel(
            [
                FieldPanel("apps"),
                FieldPanel("architecture"),
                FieldPanel("architecture_url"),
                FieldPanel("communication"),
            ],
            heading="Pozostałe informacje",
        ),
    ]
    search_kind: ClassVar[str] = "page"

    class Meta:
        verbose_name = "deklaracja dostępności"
        verbose_name_plural = "deklaracje dostępności"

    def clean(self) -> None:
        super().clean()
        faults: dict[str, str] = {}
        if self.published_on and self.updated_on and self.updated_on < self.published_on:
            faults["updated_on"] = "Aktualizacja nie może być wcześniejsza niż publikacja strony."
        if self.reviewed_on and self.made_on and self.reviewed_on < self.made_on:
            faults["reviewed_on"] = "Przegląd nie może być wcześniejszy niż sporządzenie deklaracji."
        if self.status == self.Status.FULL and (self.problems or self.burdens):
            faults["status"] = "Strona zgodna nie ma niezgodności ani nadmiernych kosztów. Usuń je albo zmień stan."
        if self.status == self.Status.PARTIAL and not (self.problems or self.exclusions or self.burdens):
            faults["problems"] = "Napisz, co jest niezgodne albo wyłączone. Strona jest tylko częściowo zgodna."
        if faults:
            raise ValidationError(faults)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what the status says. No query."""
        return {**super().get_context(request, *args, **kwargs), "status_text": self.status_text()}

    def status_text(self) -> str:
        """The state of accessibility as a sentence; that of a partly conforming site is given by the conditions."""
        name = f"Strona internetowa jest {self.get_status_display()} z\xa0załącznikiem do {LAW}"
        if self.status == self.Status.PARTIAL:
            return f"{name} z\xa0powodu niezgodności lub wyłączeń wymienionych poniżej."
        return f"{name}."
