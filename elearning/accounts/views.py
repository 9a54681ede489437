"""A person's own page."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .forms import ProfileForm
from .models import User


@never_cache
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Who is logged in in this browser (a number, or nothing), and a token for its next POST; for open pages to ask."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own data; the way to security, address and sessions."""
    form = ProfileForm(request.POST or None, user=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Zapisano Twoje dane.")
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form})
