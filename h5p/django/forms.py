"""Forms of the pages for editors and administrators."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from h5p.django.models import Content
from h5p.django.permissions import Person, collections_for


class PackageField(forms.FileField):
    """A .h5p file. What is in it the importer checks; the ending only spares a long upload of the wrong file."""

    def __init__(self, **options: Any) -> None:
        accept = forms.ClearableFileInput(attrs={"accept": ".h5p,application/zip"})
        super().__init__(label=_("H5P file"), widget=accept, **options)

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file and not str(file.name).lower().endswith(".h5p"):
            raise forms.ValidationError(_("Choose a file with the ending .h5p."), code="ending")
        return file


class CollectionField(forms.ModelChoiceField[Collection]):
    """The collections in which somebody may do something, shown only where there is a choice."""

    depth = 1

    def __init__(self, queryset: QuerySet[Collection] | None = None, **options: Any) -> None:
        explained = {"help_text": _("It decides which editors may change and use the content.")}
        shown = {**options, **explained, "label": _("Collection"), "empty_label": None}
        super().__init__(Collection.objects.none() if queryset is None else queryset, **shown)

    def label_from_instance(self, collection: Collection) -> str:
        return str(collection.get_indented_name(self.depth, html=True))

    def offer(self, user: Person, action: str, *, also: Collection | None = None) -> None:
        """Offer what the person has the right for, and the collection in which the content is already."""
        allowed = collections_for(user, action)
        if also is not None:
            allowed = Collection.objects.filter(pk__in=[*allowed.values_list("pk", flat=True), also.pk])
        self.queryset = allowed.order_by("path")
        self.depth = min((collection.depth for collection in self.queryset), default=1)
        if len(self.queryset) == 1:
            self.initial = self.queryset[0]
            self.widget = forms.HiddenInput()


class UploadForm(forms.Form):
    """A new content."""

    file = PackageField(help_text=_("Made for example in Lumi or on another platform: an export with the ending .h5p."))
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("Leave it empty to take the title from the file."),
    )
    collection = CollectionField()

    def __init__(self, *args: Any, user: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["collection"].offer(user, "add")  # type: ignore[attr-defined]  # the field is ours


class ReplaceForm(forms.Form):
    """A new version of a content."""

    file = PackageField()


class LibrariesForm(forms.Form):
    """Libraries to install; the content in the file, if any, is not."""

    file = PackageField(help_text=_("Only the libraries in the file are installed, not its content."))
    trust = forms.BooleanField(
        label=_("Learners may get these libraries at once"),
        required=False,
        help_text=_("Tick it only if you trust whoever made the file: libraries are programs."),
    )


class SettingsForm(forms.ModelForm[Content]):
    """What is said about a content, apart from its versions."""

    class Meta:
        model = Content
        fields = ["title", "collection", "embed_allowed"]
        field_classes = {"collection": CollectionField}

    def __init__(self, *args: Any, user: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        # Moving a content to a collection takes the right to add to it.
        offer = self.fields["collection"].offer  # type: ignore[attr-defined]  # the field is ours
        offer(user, "add", also=self.instance.collection)
