"""The gate of the admin: editors and administrators only, and with a second factor, for they see others' data."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# Where the person was going when a second factor was asked for; the pages that set one up lead back there.
DESTINATION = "second_factor_destination"


class StaffSecondFactorMiddleware:
    """Leads a person without a second factor from the admin to where one is set up.

    A logged-in person who may not enter gets 403 here: Wagtail would send them to the log-in, which sends whoever is
    logged in back, for ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin_prefix = reverse("wagtailadmin_home")
        self.always_open = (f"{self.admin_prefix}login/", f"{self.admin_prefix}logout/")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_inside(request) or not request.user.is_authenticated:
            return self.get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied("Redakcja jest dostępna tylko dla redaktorów i administratorów.")
        if settings.STAFF_SECOND_FACTOR and not is_mfa_enabled(request.user):
            request.session[DESTINATION] = request.path
            messages.info(request, "Redakcja wymaga drugiego składnika logowania. Dodaj klucz dostępu albo aplikację.")
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_inside(self, request: HttpRequest) -> bool:
        return request.path.startswith(self.admin_prefix) and not request.path.startswith(self.always_open)
