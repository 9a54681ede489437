"""Forms of the pages about uploaded videos."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.db.models import QuerySet
from wagtail.models import Collection

from media import videos
from media.models import Video
from media.permissions import collections_for


class CollectionField(forms.ModelChoiceField[Collection]):
    """The collections in which somebody may do something, shown only where there is a choice."""

    depth = 1

    def __init__(self, queryset: QuerySet[Collection] | None = None, **options: Any) -> None:
        explained = {"help_text": "Od niej zależy, kto może zmieniać plik i\xa0wybierać go do filmów."}
        shown = {**options, **explained, "label": "Kolekcja", "empty_label": None}
        super().__init__(Collection.objects.none() if queryset is None else queryset, **shown)

    def label_from_instance(self, collection: Collection) -> str:
        return str(collection.get_indented_name(self.depth, html=True))

    def offer(self, user: Any, action: str, *, also: Collection | None = None) -> None:
        """Offer what the person has the right for, and the collection in which the video is already."""
        allowed = collections_for(user, action)
        if also is not None:
            allowed = Collection.objects.filter(pk__in=[*allowed.values_list("pk", flat=True), also.pk])
        self.queryset = allowed.order_by("path")
        self.depth = min((collection.depth for collection in self.queryset), default=1)
        if len(self.queryset) == 1:
            self.initial = self.queryset[0]
            self.widget = forms.HiddenInput()


class UploadForm(forms.Form):
    """A new video. What the file holds is checked with the rest, so that all faults are told at once."""

    file = forms.FileField(
        label="Plik",
        widget=forms.ClearableFileInput(attrs={"accept": "video/mp4,video/webm,.mp4,.webm"}),
        error_messages={"empty": "Ten plik jest pusty. Wybierz inny."},
    )
    title = forms.CharField(label="Tytuł", max_length=255, help_text="Widzi go tylko redakcja, w\xa0liście plików.")
    collection = CollectionField()
    is_sample = forms.BooleanField(label="Treść przykładowa", required=False)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = f"MP4 albo WebM, najwyżej {settings.FILM_MAX_MB}\xa0MB."
        self.fields["collection"].offer(user, "add")  # type: ignore[attr-defined]  # the field is ours

    def clean_file(self) -> File[bytes]:
        file: File[bytes] = self.cleaned_data["file"]
        videos.check(file)
        return file


class SettingsForm(forms.ModelForm[Video]):
    """What is said about a video; its file never changes."""

    class Meta:
        model = Video
        fields = ["title", "collection", "is_sample"]
        field_classes = {"collection": CollectionField}

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Moving a video to a collection takes the right to add to it.
        offer = self.fields["collection"].offer  # type: ignore[attr-defined]  # the field is ours
        offer(user, "add", also=self.instance.collection)
