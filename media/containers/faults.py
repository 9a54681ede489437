"""What a file of a film can be refused for; each says why in a Polish sentence."""


class UnreadableVideo(ValueError):
    """A file that cannot be a film here."""


class NotAVideo(UnreadableVideo):
    """The file is something else, or nobody can make sense of it."""


class TruncatedVideo(UnreadableVideo):
    """The file ends before the film does."""

    def __init__(self) -> None:
        super().__init__("Plik jest niepełny: kończy się wcześniej niż film. Wyślij go jeszcze raz.")


class UnknownCodec(UnreadableVideo):
    """Picture or sound are stored in a way that not every browser plays."""

    def __init__(self, what: str, codec: str, advice: str) -> None:
        told = f"{what} w\xa0tym pliku jest w\xa0formacie {codec}."
        super().__init__(f"{told} Nie każda przeglądarka go odtworzy. {advice}")
