"""A second factor before the admin: editors and administrators see other people's data."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class StaffSecondFactorMiddleware:
    """Leads a person without a second factor from the admin to where one is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin_prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._lacks_second_factor(request):
            messages.info(request, "Redakcja wymaga drugiego składnika logowania. Dodaj klucz dostępu albo aplikację.")
            return redirect("mfa_index")
        return self.get_response(request)

    def _lacks_second_factor(self, request: HttpRequest) -> bool:
        return (
            settings.STAFF_SECOND_FACTOR
            and request.path.startswith(self.admin_prefix)
            and request.user.is_authenticated
            and request.user.has_perm("wagtailadmin.access_admin")
            and not is_mfa_enabled(request.user)
        )
