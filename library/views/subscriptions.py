"""„Powiadom mnie o zmianie”: asked for, confirmed and stopped."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from elearning.accounts.limits import may_try
from elearning.accounts.models import User
from library import access, subscriptions
from library.models import DocumentPage, Subscription
from library.visits import visit

# Addresses left from one network in an hour: an office may share one, and a stranger gets few letters written.
TRIES, HOUR = 20, 3600


class AddressForm(forms.Form):
    """The address of a visitor without an account."""

    email = forms.EmailField(
        label="Adres e-mail",
        help_text="Wyślemy na niego wiadomość z\xa0prośbą o\xa0potwierdzenie.",
        error_messages={
            "required": "Podaj adres e-mail.",
            "invalid": "Podaj pełny adres, na przykład ola@example.org.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """The page that asks for an address, or for one click of who is logged in; and what it sends."""
    document = visit(request, slug).document
    person = request.user
    if isinstance(person, User):
        return _own(request, person, document)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and not may_try(request, action="subscribe", limit=TRIES, seconds=HOUR):
        return render(request, "429.html", status=429)
    if form.is_valid():
        subscriptions.ask(document, form.cleaned_data["email"])
        # The same words for a new address, a known one and one that has asked too often.
        text = "Sprawdź pocztę. Powiadomienia włączysz przyciskiem na stronie, do której prowadzi link z\xa0wiadomości."
        messages.success(request, text)
        return redirect("documents:document", document.slug)
    context = {"document": document, "form": form, "following": False}
    return render(request, "library/subscription.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, person: User, document: DocumentPage) -> HttpResponse:
    if request.method != "POST":
        context = {"document": document, "form": None, "following": subscriptions.is_following(person, document)}
        return render(request, "library/subscription.html", context)
    if request.POST.get("powiadamiaj") == "nie":
        subscriptions.unfollow(person, document)
        messages.success(request, "Nie będziemy Cię powiadamiać o\xa0zmianach tego dokumentu.")
    else:
        subscriptions.follow(person, document)
        messages.success(request, "Powiadomimy Cię, gdy zacznie obowiązywać nowa wersja tego dokumentu.")
    return redirect("documents:document", document.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: UUID) -> HttpResponse:
    """The page behind the link of the letter. Only its button confirms: mail programs open links by themselves."""
    subscription = _found(token)
    if request.method == "POST":
        subscriptions.take_up(subscription)
        return redirect("documents:confirm", token)
    context = {**_about(request, subscription), "is_told": subscriptions.counts(subscription)}
    return render(request, "library/confirmed.html", context)


# No token against forged forms: the mail program posts by itself, and who has the address may stop it (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: UUID) -> HttpResponse:
    """The page with one button, for people and for the button of their mail program. It answers without a redirect."""
    subscription = _found(token)
    if request.method == "POST":
        subscriptions.stop(subscription)
        subscription = _found(token)
    return render(request, "library/stopped.html", _about(request, subscription))


def _found(token: UUID) -> Subscription:
    found = subscriptions.find(token)
    if found is None:
        raise Http404
    return found


def _about(request: HttpRequest, subscription: Subscription) -> dict[str, object]:
    document = subscription.document
    return {"subscription": subscription, "document": document, "may_open": access.may_open(request.user, document)}
