"""What the editor of a film is told before it is saved or published."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.permissions import policy_registry

from media import hostings
from media.publishing import Offer, obstacles_to
from media.track_form import TrackFormSet, by_line
from media.transcripts import ChapterFaults, clock, parse_chapters, parse_transcript

NOT_YOURS = "Nie możesz użyć tego pliku. Wybierz film z\xa0kolekcji, do której masz dostęp."
SAME_FILE = "To jest ten sam plik co film. Wybierz inny albo zostaw to pole puste."
FUTURE = "Ten dzień jest w\xa0przyszłości. Podaj dzień, w\xa0którym wydarzenie się odbyło."
VIDEOS = ("video", "described_video", "signed_video")


class FilmPageForm(WagtailAdminPageForm):
    """The fields of a film, checked together. A draft may lack anything; what is filled in has to be right."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_videos()
        duration = getattr(cleaned.get("video"), "duration", None)
        self.check_address()
        self.check_chapters(duration)
        self.check_transcript(duration)
        if (day := cleaned.get("recorded_live_on")) and day > timezone.localdate():
            self.add_error("recorded_live_on", FUTURE)
        tracks = self.checked_tracks(duration)
        if tracks is not None and self.is_to_be_published:
            self.check_offer(tracks)
        return cleaned

    @property
    def is_to_be_published(self) -> bool:
        """Whether the film is on its way to the public: not when a draft is saved or moderation sends it back."""
        if self.is_deferred_validation or self.data.get("action-cancel-workflow"):
            return False
        decides = self.data.get("action-workflow-action")
        return not (decides and self.data.get("workflow-action-name") == "reject")

    def check_videos(self) -> None:
        """Whoever forges the number of a file in a collection that is not theirs does not get to use it."""
        for name in VIDEOS:
            video = self.cleaned_data.get(name)
            if not video:
                continue
            is_kept = video.pk == self.initial.get(name)
            policy = policy_registry.get(video)
            if not is_kept and not policy.user_has_permission_for_instance(self.for_user, "choose", video):
                self.add_error(name, NOT_YOURS)
            elif name != "video" and video == self.cleaned_data.get("video"):
                self.add_error(name, SAME_FILE)

    def check_address(self) -> None:
        if address := self.cleaned_data.get("external_url"):
            try:
                hostings.read_address(address)
            except ValueError as error:
                self.add_error("external_url", str(error))

    def check_chapters(self, duration: int | None) -> None:
        try:
            parse_chapters(self.cleaned_data.get("chapters", ""), duration=duration)
        except ChapterFaults as error:
            self.add_error("chapters", by_line(error.faults))

    def check_transcript(self, duration: int | None) -> None:
        """Times of paragraphs only lead somewhere if they go up and lie within the film."""
        latest = 0
        for passage in parse_transcript(self.cleaned_data.get("transcript", "")):
            if passage.start is None:
                continue
            if passage.start < latest:
                self.add_error("transcript", f"Czas {clock(passage.start)} stoi po czasie {clock(latest)}.")
            if duration and passage.start >= duration:
                text = f"Czas {clock(passage.start)} jest po końcu filmu. Film kończy się o\xa0{clock(duration)}."
                self.add_error("transcript", text)
            latest = max(latest, passage.start)

    def checked_tracks(self, duration: int | None) -> TrackFormSet | None:
        """The captions, checked for a film of that length."""
        tracks: TrackFormSet | None = self.formsets.get("tracks")
        if tracks is None:
            return None
        for form in tracks.forms:
            form.duration = duration
            form.must_have_text = self.is_to_be_published
        tracks.is_valid()
        return tracks

    def check_offer(self, tracks: TrackFormSet) -> None:
        """Say at the fields what is in the way of publishing."""
        cleaned = self.cleaned_data
        offer = Offer(
            has_video="video" in self.errors or bool(cleaned.get("video")),
            has_address=bool(cleaned.get("external_url")),
            minutes=cleaned.get("external_minutes"),
            has_captions=any(_is_captions(form) for form in tracks.kept()),
            recorded_live_on=cleaned.get("recorded_live_on"),
        )
        for obstacle in obstacles_to(offer, self.publication_day()):
            if obstacle.field == "tracks":
                tracks.non_form_errors().append(obstacle.text)
            elif obstacle.field not in self.errors:
                self.add_error(obstacle.field, obstacle.text)

    def publication_day(self) -> date:
        """Today, or the later day that the editor has chosen."""
        later = self.cleaned_data.get("go_live_at")
        return max(timezone.localdate(), timezone.localdate(later)) if later else timezone.localdate()

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit=commit)
        tracks = self.formsets.get("tracks")
        page.repaired_captions = tuple(_told(tracks.kept())) if tracks is not None else ()
        return page


def _is_captions(form: Any) -> bool:
    """Whether a track counts as captions. One with a fault in its text does: the fault is told already."""
    if form.cleaned_data.get("kind") != "captions":
        return False
    return bool(form.cleaned_data.get("vtt", "").strip()) or bool(form.errors)


def _told(forms: Iterable[Any]) -> Iterable[str]:
    """What was repaired, each with the language of the captions."""
    for form in forms:
        language = form.instance.get_language_display()
        yield from (f"Napisy ({language}), {text}" for text in form.repaired)
