"""Makes all pages anew that were kept for visitors without an account."""

from typing import Any

from django.core.management.base import BaseCommand

from elearning import freshness


class Command(BaseCommand):
    """For changes made past this code: straight in the database, in a template, in a restored copy."""

    requires_system_checks = []
    help = "Odświeża zapamiętane strony publiczne, gdy coś zmieniło się poza platformą, na przykład wprost w bazie."

    def handle(self, **options: Any) -> None:
        freshness.renew()
