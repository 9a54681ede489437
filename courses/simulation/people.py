"""Generated people with Polish names and their institutions; the same in every run."""

from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from elearning.accounts.models import User
from elearning.institutions.models import Institution

# RFC 2606 keeps .invalid free for ever: no message to these people can reach anyone.
DOMAIN = "symulacja.invalid"
DEMO_DOMAIN = "example.org"
PASSWORD = "symulacja-demo"  # noqa: S105 - of people who do not exist
PER_INSTITUTION = 25
BATCH = 1000

WOMEN = (
    "Anna",
    "Ewa",
    "Żaneta",
    "Małgorzata",
    "Łucja",
    "Katarzyna",
    "Agnieszka",
    "Grażyna",
    "Świętosława",
    "Zofia",
    "Bożena",
    "Jadwiga",
    "Wiesława",
)
MEN = (
    "Jan",
    "Łukasz",
    "Michał",
    "Paweł",
    "Krzysztof",
    "Bogusław",
    "Grzegorz",
    "Stanisław",
    "Przemysław",
    "Józef",
    "Zdzisław",
    "Wojciech",
    "Adam",
)
# As a woman and as a man bear them.
SURNAMES = [
    *((f"{stem}ska", f"{stem}ski") for stem in ("Kowal", "Wiśniew", "Łęgow", "Świątkow", "Różań", "Dąbrow", "Śliwiń")),
    *((name, name) for name in ("Nowak", "Wójcik", "Żółć", "Gąsior", "Ślęzak", "Pająk", "Mazur", "Źrebiec", "Bąk")),
]
TOWNS = (
    "Rzeszów",
    "Łańcut",
    "Przemyśl",
    "Krosno",
    "Sanok",
    "Jasło",
    "Mielec",
    "Dębica",
    "Strzyżów",
    "Kolbuszowa",
    "Leżajsk",
    "Ropczyce",
    "Brzozów",
)
KINDS = [("pcpr", "Powiatowe Centrum Pomocy Rodzinie"), ("ops", "Gminny Ośrodek Pomocy Społecznej")]


def strangers() -> int:
    """How many accounts of the site belong neither to this simulation nor to the demo."""
    known = User.objects.filter(email__endswith=f"@{DOMAIN}") | User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}")
    return User.objects.count() - known.count()


def build(count: int) -> list[User]:
    """The first `count` generated people, those of an earlier run among them."""
    existing = User.objects.filter(email__endswith=f"@{DOMAIN}").count()
    places = _institutions(count // PER_INSTITUTION + 1)
    password = make_password(PASSWORD)
    made = [_person(number, places, password) for number in range(existing + 1, count + 1)]
    User.objects.bulk_create(made, batch_size=BATCH)
    addresses = [EmailAddress(user=person, email=person.email, primary=True, verified=True) for person in made]
    EmailAddress.objects.bulk_create(addresses, batch_size=BATCH)
    return list(User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("email")[:count])


def _person(number: int, places: list[Institution], password: str) -> User:
    rng = Random(number)  # noqa: S311 - no secret hangs on it
    gender = rng.randrange(2)
    surname = rng.choice(SURNAMES)[gender]
    if rng.random() < 0.1 and not gender:
        surname = f"{surname}-{rng.choice(SURNAMES)[gender]}"
    return User(
        email=f"osoba{number:06}@{DOMAIN}",
        password=password,
        first_name=rng.choice((WOMEN, MEN)[gender]),
        last_name=surname,
        institution=places[number % len(places)],
        function=("pracownica socjalna", "pracownik socjalny")[gender],
    )


def _institutions(count: int) -> list[Institution]:
    rows = [
        Institution(name=f"{label} {TOWNS[number % len(TOWNS)]} (symulacja {number + 1})", kind=kind)
        for number in range(count)
        for kind, label in [KINDS[number % len(KINDS)]]
    ]
    Institution.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return list(Institution.objects.filter(name__in=[row.name for row in rows]).order_by("name"))
