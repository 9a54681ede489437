"""Reads all pages anew for the search: also what pages show of other rows, such as figures and names."""

from typing import Any

from django.core.management.base import BaseCommand

from elearning.cms.search import indexing


class Command(BaseCommand):
    """The worker runs it every night; pages whose text is still the same are not written."""

    help = "Wczytuje do wyszukiwarki wszystkie strony od nowa."

    def handle(self, **options: Any) -> None:
        indexing.renew(everything=True)
