"""What the search of the site knows: written by `elearning.cms.search.indexing` alone."""

from django.db import models


class SearchEntry(models.Model):
    """The text of a published page as it was when it was read, by which the page is found and excerpts are made.

    It counts only while `revision` is the page's live one, and likewise for `part`, another page whose text belongs to
    it: the version of a document. 0 stands for a page without revisions. `rules` is the version of the normaliser.
    `tracks` are models of cooperation with spaces between; `year` and `date` are empty where a page has none.
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="search_entry", verbose_name="strona")
    revision = models.PositiveBigIntegerField("wersja strony")
    part = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="część"
    )
    part_revision = models.PositiveBigIntegerField("wersja części", default=0)
    rules = models.PositiveSmallIntegerField("wersja zasad")
    kind = models.CharField("rodzaj", max_length=12)
    tracks = models.CharField("modele kooperacji", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("rok", null=True, blank=True)
    date = models.DateField("data", null=True, blank=True)
    title = models.CharField("tytuł", max_length=255)
    text = models.TextField("tekst", blank=True)
    indexed_at = models.DateTimeField("odczytano", auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "wpis wyszukiwarki"
        verbose_name_plural = "wpisy wyszukiwarki"

    def __str__(self) -> str:
        return self.title


class SearchPosting(models.Model):
    """That a page is found by a word, without its ending, and how much it is about it: `weight` from 0 to 3."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="postings", db_index=False, verbose_name="wpis")
    word = models.CharField("słowo", max_length=40)
    weight = models.FloatField("waga")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "słowo strony"
        verbose_name_plural = "słowa stron"
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="one_posting_a_word")]
        # With the weight, so that the index answers without the table.
        indexes = [models.Index(fields=["word", "entry", "weight"], name="postings_of_a_word")]

    def __str__(self) -> str:
        return f"{self.word}: {self.weight:.2f}"


class SearchSpelling(models.Model):
    """A word of some page, folded, in one of its forms: what a misspelt word may have meant.

    Before it is offered to somebody it must be found in a text that this person may read. `first` is its first letter,
    `inner` the three that follow.
    """

    form = models.CharField("słowo", max_length=40, unique=True)
    first = models.CharField("pierwsza litera", max_length=1)
    inner = models.CharField("następne litery", max_length=3)
    length = models.PositiveSmallIntegerField("długość")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "pisownia słowa"
        verbose_name_plural = "pisownia słów"
        indexes = [
            models.Index(fields=["first", "length"], name="spellings_by_first_letter"),
            models.Index(fields=["inner", "length"], name="spellings_by_inner_letters"),
        ]

    def __str__(self) -> str:
        return self.form
