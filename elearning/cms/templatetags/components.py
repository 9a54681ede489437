"""Sample data for the development page that shows every component; nothing here reaches a learner."""

from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.utils.html import format_html

register = template.Library()

INSTITUTIONS = ["Powiatowe Centrum Pomocy Rodzinie", "Gminny Ośrodek Pomocy Społecznej", "Centrum Usług Społecznych"]
TOWNS = ["Łódź", "Rzeszów", "Toruń", "Katowice", "Świdnik", "Żory"]


class SampleForm(forms.Form):
    """One field of every kind, so that each shows its label, hint and error."""

    email = forms.EmailField(label="Adres e-mail", help_text="Wyślemy na niego kod potwierdzający.")
    name = forms.CharField(label="Imię i nazwisko", initial="Anna Żółć-Śćibor")
    password = forms.CharField(label="Hasło", help_text="Co najmniej 12 znaków.", widget=forms.PasswordInput)
    code = forms.CharField(
        label="Kod z wiadomości",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 6}),
    )
    institution = forms.ChoiceField(
        label="Instytucja",
        help_text="Zacznij pisać nazwę lub miejscowość.",
        choices=[("", "Wybierz instytucję"), *((f"{k} {t}", f"{k} – {t}") for k in INSTITUTIONS for t in TOWNS)],
    )
    kind = forms.ChoiceField(
        label="Rodzaj gminy", choices=[("", "Wybierz"), ("2", "gmina wiejska"), ("3", "gmina miejsko-wiejska")]
    )
    hours = forms.IntegerField(label="Liczba godzin", max_value=100, required=False)
    day = forms.DateField(label="Data spotkania", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    model = forms.ChoiceField(
        label="Który model opisuje miasta powyżej 20 tys. mieszkańców?",
        choices=[("w", "Model wiejski"), ("mw", "Model miejsko-wiejski"), ("m", "Model 3D")],
        widget=forms.RadioSelect,
    )
    partners = forms.MultipleChoiceField(
        label="Kto wchodzi do zespołu?",
        help_text="Zaznacz wszystkie właściwe odpowiedzi.",
        choices=[("ops", "ośrodek pomocy społecznej"), ("sad", "sąd"), ("szkola", "szkoła")],
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="Uwagi", widget=forms.Textarea, required=False)
    terms = forms.BooleanField(label="Zapoznałam się z regulaminem / zapoznałem się z regulaminem")


@register.simple_tag
def component_samples(prefix: str) -> dict[str, Any]:
    """Data for one copy of the showcase; ``prefix`` keeps the ids of two copies on one page apart."""
    paginator = Paginator(range(120), 10)
    reply = {f"{prefix}-email": "anna@", f"{prefix}-name": "Anna", f"{prefix}-hours": "300"}
    return {
        "form": SampleForm(reply, prefix=prefix),
        "clean_form": SampleForm(prefix=f"{prefix}-pusty"),
        "dialog": f"{prefix}-okno",
        "crumbs": [
            {"title": "Kursy", "url": "/kursy/"},
            {"title": "Model dla gmin wiejskich", "url": "#"},
            {"title": "Praca z rodziną"},
        ],
        "facts": [
            {"label": "Dla kogo", "value": "Pracownicy OPS, PCPR i innych instytucji wspierających rodziny"},
            {"label": "Czas", "value": "8 godzin dydaktycznych"},
            {"label": "Prowadząca", "value": "Regionalny Ośrodek Polityki Społecznej"},
        ],
        "card_facts": ["5 modułów", "12 lekcji", "8 godzin"],
        "steps": [
            {
                "title": "Podpisz porozumienie",
                "body": format_html("<p>{}</p>", "Gmina i powiat ustalają zadania stron."),
            },
            {"title": "Przeprowadź diagnozę", "body": format_html("<p>{}</p>", "Zacznij od zasobów rodziny.")},
            {"title": "Ułóż plan", "body": format_html("<p>{}</p>", "Każdy cel ma termin i osobę odpowiedzialną.")},
        ],
        "stages": [
            {"title": "Dane", "state": "done"},
            {"title": "Kod", "state": "current"},
            {"title": "Instytucja", "state": "todo"},
        ],
        "sections": [
            {"title": "Kto zwołuje zespół?", "body": format_html("<p>{}</p>", "Animator gminny."), "open": True},
            {"title": "Jak często się spotykać?", "body": format_html("<p>{}</p>", "Co najmniej raz w miesiącu.")},
        ],
        "tabs": [
            {"id": f"{prefix}-program", "title": "Program", "body": format_html("<p>{}</p>", "Pięć modułów.")},
            {"id": f"{prefix}-zasady", "title": "Zasady ukończenia", "body": format_html("<p>{}</p>", "Próg 70%.")},
            {"id": f"{prefix}-pytania", "title": "Pytania", "body": format_html("<p>{}</p>", "Napisz do nas.")},
        ],
        "head": ["Instytucja", "Rola w zespole", "Rodziny"],
        "rows": [
            ["GOPS", "koordynuje pracę zespołu", "5"],
            ["PCPR", "wspiera specjalistami", "12"],
            ["Szkoła", "–", "3"],
        ],
        "modules": _modules(),
        "page": paginator.get_page(4),
        "page_range": paginator.get_elided_page_range(4, on_each_side=1),
    }


def _modules() -> list[dict[str, Any]]:
    def item(title: str, state: str, **more: Any) -> dict[str, Any]:
        return {"title": title, "state": state, "url": "#", "kind": "Lekcja", "required": True, **more}

    return [
        {
            "title": "1. Po co kooperacja",
            "summary": "2 z 2",
            "items": [item("Cel i adresaci", "completed", length="15 min"), item("Dwa poziomy samorządu", "completed")],
        },
        {
            "title": "2. Zespół",
            "summary": "1 z 4",
            "open": True,
            "items": [
                item("Kto wchodzi do zespołu", "completed", length="20 min"),
                item("Animator gminny i powiatowy", "in_progress", current=True, length="25 min"),
                item("Przykładowy regulamin", "not_started", required=False),
                item(
                    "Sprawdź, co wiesz",
                    "locked",
                    kind="Test",
                    reason="Najpierw ukończ lekcję",
                    reason_url="#",
                    reason_link="Animator gminny i powiatowy",
                ),
            ],
        },
    ]
