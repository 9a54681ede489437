"""Which end belongs to which beginning, and whether both stand where docxtpl can take what is between them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .grammar import NESTED, Kind, Mark
from .texts import Text

BEGINS = {Kind.ENDIF: Kind.IF, Kind.ENDFOR: Kind.FOR, Kind.ELIF: Kind.IF, Kind.ELSE: Kind.IF}
ADVICE = {
    "": "Początek i\xa0koniec muszą być w\xa0jednym akapicie. Jeśli obejmują więcej, zapisz każdy w\xa0osobnym akapicie"
    " z\xa0literą p: {{%p {word} … %}} i\xa0{{%p end{word} %}}.",
    "p": "Początek i\xa0koniec z\xa0literą p muszą być w\xa0tej samej komórce albo poza tabelami.",
    "tr": "Początek i\xa0koniec z\xa0literami tr muszą być w\xa0tej samej tabeli.",
}

Report = Callable[[Text, str], None]


@dataclass(frozen=True, slots=True)
class Begun:
    """A condition or a loop that has not ended yet."""

    mark: Mark
    text: Text


@dataclass(slots=True)
class Nesting:
    """What is open at a place of one part of the file. Mistakes go to `report`."""

    report: Report
    open: list[Begun] = field(default_factory=list)
    # Those of the open conditions that are past their `else`.
    past_else: list[Begun] = field(default_factory=list)

    def loops(self) -> dict[str, str]:
        """The loops that a mark stands in: the field with the rows by the name of a row."""
        return {begun.mark.variable: begun.mark.rows for begun in self.open if begun.mark.kind is Kind.FOR}

    def see(self, mark: Mark, text: Text) -> None:
        """Take the next mark of the part."""
        if mark.kind in {Kind.IF, Kind.FOR}:
            if mark.kind is Kind.FOR and self.loops():
                self.report(text, NESTED)
            self.open.append(Begun(mark, text))
        elif mark.kind in BEGINS:
            self._belongs(mark, text)

    def finish(self) -> None:
        """The part is over."""
        for begun in self.open:
            self._unclosed(begun)
        self.open.clear()

    def _belongs(self, mark: Mark, text: Text) -> None:
        wanted = BEGINS[mark.kind]
        if not any(begun.mark.kind is wanted for begun in self.open):
            self.report(text, f"„{mark.kind}” bez początku: brakuje wcześniej {{% {wanted} … %}}.")
            return
        while self.open[-1].mark.kind is not wanted:
            self._unclosed(self.open.pop())
        begun = self.open[-1]
        if mark.reach != begun.mark.reach or not _can_hold(begun, text):
            self.report(text, ADVICE[begun.mark.reach].format(word=wanted))
        if mark.kind in {Kind.ENDIF, Kind.ENDFOR}:
            self.open.pop()
        elif begun in self.past_else:
            self.report(text, f"„{mark.kind}” po „else”: warunek ma już swoje „else”.")
        elif mark.kind is Kind.ELSE:
            self.past_else.append(begun)

    def _unclosed(self, begun: Begun) -> None:
        kind = begun.mark.kind
        what = "Pętla" if kind is Kind.FOR else "Warunek"
        reach = begun.mark.reach
        self.report(begun.text, f"{what} „{kind}” nie ma końca: brakuje dalej {{%{reach} end{kind} %}}.")


def _can_hold(begun: Begun, text: Text) -> bool:
    match begun.mark.reach:
        case "p":
            return begun.text.holder is text.holder
        case "tr":
            return begun.text.table is text.table
        case _:
            return begun.text is text
