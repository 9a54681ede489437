"""Where pages send what people did with a content. The site says which activity it is, and hears of results."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from h5p.django import results
from h5p.django.batches import LARGEST, InvalidBatch, parse_batch
from h5p.django.rates import Rate
from h5p.django.results import Activity, Receipt, TooEarly, TopLevelResult


class ActivityView(View):
    """Takes a batch for the activity with the `key` of the address. Override `activity_for` and `result_received`."""

    http_method_names = ["post", "options"]
    rate: ClassVar[Rate] = Rate(120, seconds=60)  # batches of a person

    def activity_for(self, request: HttpRequest, key: UUID) -> Activity:
        """The activity, if this person may take part. Raises `PermissionDenied` or `Http404`."""
        raise NotImplementedError

    def result_received(self, request: HttpRequest, activity: Activity, result: TopLevelResult) -> None:
        """A new result of the whole, in the transaction that stores it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest, key: UUID, **kwargs: Any) -> JsonResponse:
        """Store the batch in the body and answer with a receipt; nothing is stored where the answer is an error."""
        now = timezone.now()
        if not request.user.is_authenticated:
            return _refused(HTTPStatus.UNAUTHORIZED, _("You are logged out. Log in, and it will be sent."))
        if not self.rate.admits(request.user.pk, at=now.timestamp()):
            return _refused(HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests. It will be sent in a moment."))
        if _length(request) > LARGEST:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Not saved. This is too large."))
        try:
            batch = parse_batch(request.body)
            if batch.person != str(request.user.pk):
                answer = {"error": _("Somebody else is logged in on this device."), "other_person": True}
                return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
            activity = self.activity_for(request, key)
            receipt = results.receive(
                request.user,
                activity,
                batch,
                now=now,
                on_result=lambda result: self.result_received(request, activity, result),
            )
        except TooEarly as early:
            error = _("It is too early to mark this as completed.")
            return JsonResponse({"error": error, "left": early.left}, status=HTTPStatus.CONFLICT)
        except InvalidBatch:
            return _refused(HTTPStatus.BAD_REQUEST, _("Not saved. The server refused this result."))
        return JsonResponse(_receipt(receipt))


def _length(request: HttpRequest) -> int:
    """The size that the request announces, before anything is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return LARGEST + 1


def _refused(status: HTTPStatus, error: str) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)


def _receipt(receipt: Receipt) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "saved": receipt.saved,
        "at": timezone.localtime(receipt.at).strftime("%H:%M"),
        "finished": receipt.is_finished,
        "met": receipt.is_met,
        "attempt": receipt.attempt,
    }
    return answer if receipt.left is None else {**answer, "left": receipt.left}
