"""The pages of the demo site."""

from dataclasses import replace
from typing import Any

from wagtail.models import Locale, Page, Site

from courses.models import CatalogueIndexPage, CoursePage, LessonPage, ModulePage, Question, QuestionCategory, QuizPage
from elearning.cms.models import HomePage, NewsIndexPage, NewsPage, Project, StandardPage

from . import documents, films, sources
from .files import COURSES, Table, modules, read
from .streams import Shelves, stream

ORGANISER = "Województwo Podkarpackie – Regionalny Ośrodek Polityki Społecznej w Rzeszowie"


def build(shelves: Shelves, questions: dict[str, Question], project: Project) -> HomePage:
    """The whole tree: home, catalogue with three courses, news and the ordinary pages."""
    texts = read("site.toml")
    home = _home(texts["home"])
    for key in ("about", "contact", "privacy", "accessibility", "terms"):
        _standard(home, texts[key], shelves)
    _news(home, texts["news"], shelves)
    shelves = replace(shelves, films=films.build(home), documents=documents.build(home, project))
    catalogue = _child(
        home,
        CatalogueIndexPage,
        texts["catalogue"]["slug"],
        title=texts["catalogue"]["title"],
        lead=texts["catalogue"]["lead"],
        intro=texts["catalogue"]["intro"],
        show_in_menus=True,
    )
    for slug in COURSES:
        _course(catalogue, slug, shelves, questions, project)
    _practice(read("practice.toml")["quiz"], questions)
    return home


def _child(parent: Page, model: type[Page], slug: str, **fields: Any) -> Any:
    """The child of that slug, made and published where there is none."""
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    page = Page.objects.get(pk=parent.pk).add_child(instance=model(slug=slug, **fields))
    page.save_revision().publish()
    return page


def _home(texts: Table) -> HomePage:
    """The home page in the place of the page that Wagtail's own migrations make."""
    existing = HomePage.objects.first()
    if existing is not None:
        return existing
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    Locale.objects.get_or_create(language_code="pl")
    for welcome in root.get_children().filter(slug="home"):
        welcome.delete()
    teasers = [
        ("teaser", {"track": teaser["track"], "title": teaser["title"], "text": teaser["text"]})
        for teaser in texts["teaser"]
    ]
    home = _child(
        root,
        HomePage,
        "start",
        title="Modele Kooperacji",
        headline=texts["headline"],
        lead=texts["lead"],
        teasers=teasers,
    )
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Modele Kooperacji"}
    )
    return home


def _standard(home: HomePage, texts: Table, shelves: Shelves) -> None:
    _child(
        home,
        StandardPage,
        texts["slug"],
        title=texts["title"],
        lead=texts["lead"],
        is_sample=texts["sample"],
        body=stream(texts["body"], shelves),
    )


def _news(home: HomePage, items: list[Table], shelves: Shelves) -> None:
    index = _child(home, NewsIndexPage, "aktualnosci", title="Aktualności", show_in_menus=True)
    for texts in items:
        _child(
            index,
            NewsPage,
            texts["slug"],
            title=texts["title"],
            lead=texts["lead"],
            date=texts["date"],
            is_sample=texts["sample"],
            body=stream(texts["body"], shelves),
        )


def _course(catalogue: Page, folder: str, shelves: Shelves, questions: dict[str, Question], project: Project) -> None:
    texts = read(f"{folder}/course.toml")
    course = _child(
        catalogue,
        CoursePage,
        texts["slug"],
        title=texts["title"],
        lead=texts["lead"],
        track=texts["track"],
        form=texts["form"],
        aim=texts["aim"],
        audience=texts["audience"],
        hours=texts["hours"],
        sequential=texts["order"] == "sequential",
        pass_rules=texts["pass_rules"],
        project=project,
        organiser=ORGANISER,
        place="Rzeszów",
        signatory_name="Anna Przykładowa",
        signatory_function="Dyrektor ROPS w Rzeszowie (treść przykładowa)",
    )
    for module in modules(folder):
        _module(course, module, shelves, questions)


def _module(course: Page, texts: Table, shelves: Shelves, questions: dict[str, Question]) -> None:
    module = _child(course, ModulePage, texts["slug"], title=texts["title"], lead=texts["summary"])
    for lesson in texts["lesson"]:
        _child(
            module,
            LessonPage,
            lesson["slug"],
            title=lesson["title"],
            lead=lesson["summary"],
            minutes=lesson["minutes"],
            is_sample=lesson["sample"],
            body=stream([*lesson["body"], *sources.blocks(lesson["sources"])], shelves),
        )
    if quiz := texts.get("quiz"):
        _child(
            module,
            QuizPage,
            quiz["slug"],
            title=quiz["title"],
            intro=quiz["intro"],
            pass_mark=quiz["pass_mark"],
            attempts_allowed=quiz["attempts"],
            minutes=2 * len(quiz["questions"]),
            questions=[("question", {"question": questions[key], "points": 1}) for key in quiz["questions"]],
        )


def _practice(texts: Table, questions: dict[str, Question]) -> None:
    """The optional quiz at the end of a module: drawn questions, then those that were chosen for it."""
    course = CoursePage.objects.get(slug=texts["course"])
    drawn = {"category": QuestionCategory.objects.get(name=texts["draw"]["category"]), "points": 1}
    _child(
        ModulePage.objects.child_of(course).get(slug=texts["module"]),
        QuizPage,
        texts["slug"],
        title=texts["title"],
        intro=texts["intro"],
        pass_mark=texts["pass_mark"],
        minutes=texts["minutes"],
        required=False,
        questions=[
            ("draw", {**drawn, "count": texts["draw"]["count"]}),
            *[("question", {"question": questions[row["key"]], "points": row["points"]}) for row in texts["question"]],
        ],
    )
