"""Forms of the pages about uploaded videos."""

from django.utils.translation import ngettext  # noqa: F401
