"""What a field may be called and what may be typed into it, guessed from its name. The editor has the last word."""

from library.structure import FieldKind

_AMOUNTS = frozenset({"kwota", "kwoty", "koszt", "koszty", "cena", "wynagrodzenie", "budzet", "wklad", "dotacja"})
_NUMBERS = frozenset({"liczba", "ile", "ilosc"})
_DATES = frozenset({"data", "dnia"})
_LONG = frozenset(
    {
        *("opis", "uwagi", "cel", "cele", "uzasadnienie", "diagnoza", "ustalenia", "wnioski", "tresc", "przebieg"),
        *("zakres", "zobowiazania", "dzialania", "potrzeby", "trudnosci", "ocena"),
    }
)
# Names have no Polish letters and are in lower case; these are the words that forms of social services are made of.
_SPELLED = """
imię rodziców urząd województwo miejscowość właściwy właściwa główny główna zespół zespołu członek członka członkowie
członków przewodniczący przewodnicząca przewodniczącego przewodniczącej protokół protokołu porozumień umów osób zadań
działań działania działanie usługi usług usługa rozpoczęcia zakończenia wejścia życie obowiązuje obowiązywania
rozwiązania zgłoszenia złożenia odwołania ilość wartość wysokość płatność płatności budżet środki środków wkład wkładu
własny treść część załącznik załączniki łączna łącznie spółdzielnia spółka społeczny społeczna społecznej społecznego
społecznych pełnomocnik upoważniony upoważniona upoważnionej reprezentujący reprezentująca świadczenia świadczenie
odbiorców sposób mieszkańców ścieżka źródło źródła porządek porządku głosów obecności nieobecności który która miesiąc
miesiąca miesięcy dzień początek końcowa trudności zobowiązania zobowiązanie oświadczenie oświadczenia podpisujący
podpisująca wójt starość obecnych rodzaj pełniona pełnienia koszt koszty kosztów kwota e-mail PESEL NIP REGON KRS OPS
MOPS GOPS PCPR CUS RODO NGO
"""
_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz", "-")
_WORDS = {word.lower().translate(_PLAIN): word for word in _SPELLED.split()}


def label_of(name: str) -> str:
    """A label made of a name: „data_zawarcia” becomes „Data zawarcia”, with the Polish letters of words we know."""
    words = [_WORDS.get(word, word) for word in name.split("_") if word]
    text = ""
    for word in words:
        # A word of one letter stays with the next one.
        text += word + ("\xa0" if len(word) == 1 and word.isalpha() else " ")
    text = text.strip()
    return text[:1].upper() + text[1:]


def kind_of(name: str, *, is_alone: bool) -> FieldKind:
    """What a printed field seems to take; `is_alone` where nothing else stands in its paragraph."""
    words = [word for word in name.split("_") if word]
    if not words:
        return FieldKind.TEXT
    if words[0] in _DATES or words[-1] in _DATES:
        return FieldKind.DATE
    if _AMOUNTS & set(words):
        return FieldKind.AMOUNT
    if words[0] in _NUMBERS:
        return FieldKind.NUMBER
    return FieldKind.LONG_TEXT if is_alone and _LONG & set(words) else FieldKind.TEXT
