"""The funded projects, whose signs and funding text stand on pages and certificates."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel


class ProjectForm(WagtailAdminModelForm):
    """Says at the field which project is the site's already."""

    def clean_is_default(self) -> bool:
        chosen: bool = self.cleaned_data["is_default"]
        other = Project.objects.filter(is_default=True).exclude(pk=self.instance.pk).first() if chosen else None
        if other is not None:
            raise ValidationError(f"Projektem serwisu jest już „{other.name}”. Najpierw odznacz go tam.")
        return chosen


class Project(models.Model):
    """A funded project: its name, the text about its funding and its strip of signs."""

    name = models.CharField("nazwa", max_length=200, unique=True)
    funding_text = models.TextField("informacja o finansowaniu", max_length=500)
    description = models.TextField(
        "opis dofinansowania",
        blank=True,
        help_text="Program, oś priorytetowa i\xa0działanie. Widać go na stronie projektu.",
    )
    is_default = models.BooleanField(
        "projekt serwisu",
        default=False,
        help_text="Jego znaki widać w\xa0stopce i\xa0na wydruku stron, które nie należą do innego projektu.",
    )
    logo_strip = models.ForeignKey(
        "wagtailimages.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zestawienie znaków",
        help_text="Jeden obraz ze wszystkimi znakami w kolejności z umowy o dofinansowanie.",
    )
    logo_strip_alt = models.CharField("opis zestawienia znaków", max_length=250, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("funding_text"),
        FieldPanel("description"),
        FieldPanel("is_default"),
        FieldPanel("logo_strip"),
        FieldPanel("logo_strip_alt"),
    ]

    base_form_class = ProjectForm

    class Meta:
        verbose_name = "projekt"
        verbose_name_plural = "projekty"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_project",
                violation_error_message="Inny projekt jest już projektem serwisu.",
            )
        ]

    def __str__(self) -> str:
        return self.name
