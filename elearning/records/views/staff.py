"""Certificates in the admin: the list, one of them, revoking and replacing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView

from elearning.accounts.models import User
from elearning.records import certificates
from elearning.records.certificate_facts import course_rows, day
from elearning.records.forms import ReplacementForm, RevocationForm
from elearning.records.models import Certificate
from elearning.records.staff_lists import DayColumn, RecordViewSet


class CertificateFilterSet(WagtailFilterSet):
    """By whether a certificate holds."""

    state = ChoiceFilter(
        label="Stan",
        method="filter_state",
        choices=[("valid", "ważne"), ("replaced", "zastąpione"), ("revoked", "unieważnione")],
    )

    class Meta:
        model = Certificate
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[Certificate], name: str, value: str) -> QuerySet[Certificate]:
        states = {
            "valid": Q(revoked_at__isnull=True),
            "replaced": Q(replaced_by__isnull=False),
            "revoked": Q(revoked_at__isnull=False, replaced_by__isnull=True),
        }
        return queryset.filter(states[value])


class CertificateView(InspectView):
    """Everything printed, the state, and what can be done about it."""

    template_name = "records/admin/certificate.html"
    page_title = "Zaświadczenie"

    def get_object(self, queryset: QuerySet[Certificate] | None = None) -> Certificate:
        known = Certificate.objects.select_related("user", "revoked_by", "replaces", "replaced_by")
        return get_object_or_404(known, pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = self.object.facts
        return {
            **super().get_context_data(**kwargs),
            "rows": [("Imię i nazwisko", facts["name"]), ("Kurs", facts["course"]), *course_rows(facts)],
            "issued": day(facts["issued"]),
            "may_change": self.object.is_valid and may_change(self.request),
        }


class CertificateViewSet(RecordViewSet):
    """„Zaświadczenia” in the menu."""

    model = Certificate
    name = "zaswiadczenia"
    icon = "doc-full"
    menu_label = "Zaświadczenia"
    menu_order = 231
    list_display = [
        "number",
        Column("name", label="Imię i nazwisko", accessor="facts.name", sort_key="user__last_name"),
        Column("course", label="Kurs", accessor="facts.course"),
        DayColumn("issued_at", label="Wystawiono", sort_key="issued_at"),
        Column("state_label", label="Stan"),
    ]
    search_fields = ["number", "code", "user__last_name", "user__first_name", "user__email"]
    filterset_class = CertificateFilterSet
    inspect_view_class = CertificateView
    list_related = ("user", "replaced_by")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("uniewaznij/<int:pk>/", revoke, name="revoke"),
            path("popraw/<int:pk>/", replace, name="replace"),
        ]


def may_change(request: HttpRequest) -> bool:
    """Who may revoke and replace."""
    return request.user.has_perm("records.change_certificate")


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """„Unieważnij”: with a reason, once and for all."""
    staff = _authorised(request)
    certificate = _valid(pk)
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if certificates.revoke(certificate, by=staff, reason=form.cleaned_data["reason"]):
            messages.success(request, f"Zaświadczenie {certificate.number} jest unieważnione.")
        return redirect("zaswiadczenia:inspect", certificate.pk)
    context = {
        "certificate": certificate,
        "form": form,
        "header_title": f"Unieważnij zaświadczenie {certificate.number}",
        "explanation": "Tego nie można cofnąć. Numer i treść zostają, a strona weryfikacji powie, że jest nieważne.",
        "action": "Unieważnij",
    }
    return render(request, "records/admin/certificate_form.html", context)


def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """„Wystaw poprawione”: a new number and file, the old one kept and invalid."""
    staff = _authorised(request)
    certificate = _valid(pk)
    form = ReplacementForm(request.POST or None, facts=certificate.facts)
    if request.method == "POST" and form.is_valid():
        try:
            new = certificates.replace(certificate, by=staff, corrections=form.corrections)
        except certificates.NotValid:
            messages.error(request, "Tego zaświadczenia już nie można poprawić, bo jest nieważne.")
            return redirect("zaswiadczenia:inspect", certificate.pk)
        messages.success(request, f"Wystawiliśmy zaświadczenie {new.number} zamiast {certificate.number}.")
        return redirect("zaswiadczenia:inspect", new.pk)
    context = {
        "certificate": certificate,
        "form": form,
        "header_title": f"Wystaw poprawione zaświadczenie zamiast {certificate.number}",
        "explanation": "Nowe dostanie nowy numer i kod. Poprzednie zostanie w rejestrze jako nieważne.",
        "action": "Wystaw poprawione",
    }
    return render(request, "records/admin/certificate_form.html", context)


def _authorised(request: HttpRequest) -> User:
    """The person who asks, where they may change certificates. Raises PermissionDenied."""
    if not isinstance(request.user, User) or not may_change(request):
        raise PermissionDenied("Nie masz uprawnienia do zmiany zaświadczeń.")
    return request.user


def _valid(pk: int) -> Certificate:
    """A certificate that still holds. Raises Http404."""
    return get_object_or_404(Certificate.objects.filter(revoked_at__isnull=True), pk=pk)
