"""What a marked Word file can be refused for; each says why in a Polish sentence for the person who sent it."""


class Refused(ValueError):
    """The file cannot be a template here."""


class TooHeavy(Refused):
    """Filling the file in would take more memory or time than one document may."""


class BadMark(ValueError):
    """A mark that is not allowed or that nobody can make sense of; the text says what to do."""


DAMAGED = "Plik jest uszkodzony. Otwórz go w\xa0Wordzie, zapisz ponownie i\xa0wyślij jeszcze raz."
