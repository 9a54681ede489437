"""The demo site, built by its command from an empty database."""

from collections import Counter
from io import StringIO
from time import perf_counter

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Page, Site

from courses.demo import people
from courses.demo.files import COURSES, modules, read
from courses.models import CoursePage, LessonPage, ModulePage, Question, QuizPage
from courses.outline import outline_of
from courses.questions import KINDS
from elearning.accounts.models import User
from elearning.institutions.models import Institution
from elearning.records.models import Certificate, Enrolment, Result

# The only rows that a run writes anew: it notes its own work.
NOTES = {"django_tasks_db.DBTaskResult", "wagtailsearch.IndexEntry", "sessions.Session"}


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in NOTES
    }


class TestDemo(TestCase):
    """Built once for all tests of this class."""

    @classmethod
    def setUpTestData(cls) -> None:
        started = perf_counter()
        with cls.captureOnCommitCallbacks(execute=True):
            call_command("demo", stdout=StringIO())
        cls.seconds = perf_counter() - started

    def test_it_works(self) -> None:
        # Printed, not asserted: a busy machine is no defect. The aim is under 60 s.
        with open("/dev/stderr", "w") as terminal:
            terminal.write(f"\nThe demo site took {self.seconds:.1f} s.\n")
        assert list(CoursePage.objects.live().order_by("path").values_list("slug", flat=True)) == list(COURSES)
        assert Site.objects.get(is_default_site=True).root_page.slug == "start"

    def test_every_module_lesson_and_quiz_of_the_files_is_published_in_order(self) -> None:
        practice = read("practice.toml")["quiz"]
        for slug in COURSES:
            course = CoursePage.objects.get(slug=slug)
            files = modules(slug)
            found = ModulePage.objects.child_of(course).live().order_by("path")
            assert [module.title for module in found] == [module["title"] for module in files]
            for module, texts in zip(found, files, strict=True):
                titles = [lesson["title"] for lesson in texts["lesson"]]
                titles += [texts["quiz"]["title"]] if texts.get("quiz") else []
                titles += (
                    [practice["title"]] if (practice["course"], practice["module"]) == (slug, texts["slug"]) else []
                )
                assert [page.title for page in module.get_children().live().order_by("path")] == titles

    def test_nothing_is_empty(self) -> None:
        for course in CoursePage.objects.all():
            assert [item.title for item in outline_of(course).items if item.is_empty] == []

    def test_all_questions_are_there_in_their_kinds_and_each_is_asked(self) -> None:
        rows = [*read("questions.toml")["question"], *read("practice.toml")["question"]]
        assert Question.objects.count() == len(rows) == 36 + 2
        kinds = Counter(question.content[0].block_type for question in Question.objects.all())
        assert kinds == Counter(row["kind"] for row in rows)
        assert set(kinds) == set(KINDS)
        lines = [block for quiz in QuizPage.objects.all() for block in quiz.questions]
        asked = {line.value["question"].pk for line in lines if line.block_type == "question"}
        assert asked == set(Question.objects.values_list("pk", flat=True))

    def test_the_practice_quiz_draws_and_stands_in_nobodys_way(self) -> None:
        quiz = QuizPage.objects.get(slug=read("practice.toml")["quiz"]["slug"])
        assert not quiz.required
        assert "Treść przykładowa" in quiz.intro
        assert [question.kind for question in quiz.draw()][-2:] == ["short_text", "open_text"]
        assert len(quiz.draw()) == quiz.size == 5
        for page in QuizPage.objects.filter(required=True):
            assert not any(KINDS[question.kind].graded_by_person for question in page.draw()), page.title

    def test_there_is_an_account_for_every_role(self) -> None:
        for role, email in people.logins():
            person = User.objects.get(email=email)
            assert person.check_password(people.PASSWORD), role
            assert person.emailaddress_set.get().verified, role
        for group in people.GROUPS.values():
            assert Group.objects.get(name=group).user_set.count() == 1, group
        assert User.objects.filter(is_superuser=True).count() == 1
        for email in ("anna@example.org", "tomasz@example.org", "joanna@example.org", "piotr@example.org"):
            person = User.objects.get(email=email)
            assert person.has_perm("wagtailadmin.access_admin"), email
            assert person.is_staff, f"{email} would not see the link to the admin"
        learner = User.objects.get(email="marta@example.org")
        assert not learner.has_perm("wagtailadmin.access_admin")

    def test_learners_are_at_different_points(self) -> None:
        assert Enrolment.objects.count() >= 15
        shares = {
            enrolment.results.count() / len(outline_of(CoursePage.objects.get(pk=enrolment.course_id)).items)
            for enrolment in Enrolment.objects.all()
        }
        assert len(shares) >= 8
        assert {0.0, 1.0} <= shares

    def test_who_finished_has_one_certificate_and_nobody_else(self) -> None:
        finished = Enrolment.objects.completed()
        assert finished.count() >= 4
        holders = Certificate.objects.exclude(enrolment=None).values_list("enrolment_id", flat=True)
        assert sorted(holders) == sorted(finished.values_list("pk", flat=True))

    def test_nothing_happened_in_the_future_or_before_the_enrolment(self) -> None:
        for result in Result.objects.select_related("enrolment"):
            assert result.completed_at >= result.enrolment.enrolled_at

    def test_institutions_lie_in_territorial_units(self) -> None:
        rows = read("site.toml")["institution"]
        assert Institution.objects.exclude(unit=None).count() == len(rows)

    def test_a_second_run_changes_nothing(self) -> None:
        before, revisions = counts(), Page.objects.order_by("pk").values_list("pk", "latest_revision")
        newest = list(revisions)
        call_command("demo", stdout=StringIO())
        assert counts() == before
        assert list(revisions.all()) == newest
        assert LessonPage.objects.filter(has_unpublished_changes=True).count() == 0

    def test_it_prints_the_accounts_and_builds_nothing_when_only_asked_for_them(self) -> None:
        before, printed = counts(), StringIO()
        call_command("demo", "--logins", stdout=printed)
        for role, email in people.logins():
            assert email in printed.getvalue()
            assert role in printed.getvalue()
        assert counts() == before
