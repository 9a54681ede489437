"""What every page of the site has."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class BasePage(Page):
    """The common part of all pages: a lead that cards, lists and search show."""

    lead = models.TextField("lead", max_length=300, blank=True, help_text="Jedno lub dwa zdania. Widać je na listach.")

    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True
