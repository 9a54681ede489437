"""Every kind of page of the demo site, as visitors without an account get it: few queries, and none once it is kept."""

from io import StringIO
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, get_page_models

from courses.models import ActivityPage, LessonPage, ModulePage, QuizPage
from elearning.cms.models import BasePage
from elearning.cms.models.base import page_path

MOST = 12
# Parts of courses: only those who take part can open them.
BEHIND_A_LOGIN = {ActivityPage, LessonPage, ModulePage, QuizPage}
# Addresses that are no pages of their own in the tree.
OTHERS = [
    "/sitemap.xml",
    "/aktualnosci/-/kanal.atom",
    "/szkolenia/?widok=archiwum",
    "/szkolenia/?widok=kalendarz",
    "/kursy/?model=rural",
]


class TestBudgets(TestCase):
    """Built once for all tests of this class."""

    addresses: dict[str, str]

    @classmethod
    def setUpTestData(cls) -> None:
        with cls.captureOnCommitCallbacks(execute=True):
            call_command("demo", stdout=StringIO())
        kinds = [model for model in get_page_models() if issubclass(model, BasePage) and model not in BEHIND_A_LOGIN]
        found = {model: Page.objects.live().public().exact_type(model).order_by("path").first() for model in kinds}
        cls.addresses = {model.__name__: page_path(page) for model, page in found.items() if page}
        cls.addresses |= {address: address for address in OTHERS}

    def queries(self, address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = Client().get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return len(captured)

    def test_every_kind_of_page_is_there(self) -> None:
        assert {"HomePage", "NewsPage", "CoursePage", "TrainingPage", "FilmPage", "DocumentPage"} <= set(self.addresses)

    def test_drawing_a_page_takes_few_queries(self) -> None:
        for kind, address in self.addresses.items():
            with self.subTest(kind, address=address):
                self.queries(address)  # what a process reads once
                found = self.queries(address)
                assert found <= MOST, f"{kind} {address}: {found}"

    def test_a_page_that_is_kept_takes_none(self) -> None:
        with TemporaryDirectory() as folder:
            kept = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder}
            with override_settings(BASE_URL="http://testserver", CACHES={**settings.CACHES, "pages": kept}):
                for kind, address in self.addresses.items():
                    with self.subTest(kind, address=address):
                        self.queries(address)
                        assert self.queries(address) == 0
