"""Telling newer answers from older ones, whatever order the network delivers them in. No database."""

from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.records.receipts import Kept, Reception, Stamp, receive

NEW, REPEATED, CONFLICT = Reception.NEW, Reception.REPEATED, Reception.CONFLICT


@pytest.mark.parametrize(
    ("kept", "came", "expected"),
    [
        (None, Stamp("a", 1), NEW),
        (None, Stamp("a", 9, seen=4), NEW),
        (Kept(1, "a", 1), Stamp("a", 2), NEW),
        (Kept(1, "a", 2), Stamp("a", 2), REPEATED),
        (Kept(1, "a", 2), Stamp("a", 1), REPEATED),
        # Its own answer is what the page saw, whatever version it says.
        (Kept(5, "a", 2), Stamp("a", 3, seen=0), NEW),
        (Kept(5, "a", 2), Stamp("a", 2, seen=5), REPEATED),
        (Kept(2, "a", 7), Stamp("b", 1, seen=2), NEW),
        (Kept(2, "a", 7), Stamp("b", 9, seen=1), CONFLICT),
        (Kept(2, "a", 7), Stamp("b", 9, seen=0), CONFLICT),
        # Without scripts there is no page's name: the form that came last holds, and it checks what it had seen itself.
        (Kept(2, "a", 7), Stamp(), NEW),
        (Kept(2, "", 0), Stamp("b", 1, seen=2), NEW),
        (Kept(2, "", 0), Stamp("b", 1, seen=1), CONFLICT),
    ],
)
def test_what_becomes_of_an_answer(kept: Kept | None, came: Stamp, expected: Reception) -> None:
    assert receive(kept, came) is expected


@dataclass
class Shelf:
    """One saved answer, as the verbs keep it: what was last taken, and every value that ever was."""

    kept: Kept | None = None
    value: str = ""
    versions: list[int] = field(default_factory=list)

    def take(self, came: Stamp, value: str) -> Reception:
        found = receive(self.kept, came)
        if found is NEW:
            self.kept = Kept((self.kept.version if self.kept else 0) + 1, came.page, came.sequence)
            self.value = value
            self.versions.append(self.kept.version)
        return found


@st.composite
def deliveries(draw: st.DrawFn) -> list[int]:
    """The counts of one page's requests as they arrive: each at least once, in any order, any of them again."""
    count = draw(st.integers(1, 8))
    again = draw(st.lists(st.integers(1, count), max_size=12))
    return draw(st.permutations([*range(1, count + 1), *again]))


@given(deliveries())
def test_one_page_ends_with_what_it_sent_last(arriving: list[int]) -> None:
    shelf = Shelf()

    found = [shelf.take(Stamp("page", sequence), f"answer {sequence}") for sequence in arriving]

    assert CONFLICT not in found
    assert shelf.value == f"answer {max(arriving)}"
    assert shelf.versions == list(range(1, len(shelf.versions) + 1))
    assert len(shelf.versions) <= max(arriving)


@given(deliveries())
def test_to_deliver_everything_again_changes_nothing(arriving: list[int]) -> None:
    shelf = Shelf()
    for sequence in arriving:
        shelf.take(Stamp("page", sequence), str(sequence))
    before = shelf.kept

    assert {shelf.take(Stamp("page", sequence), "again") for sequence in arriving} == {REPEATED}
    assert shelf.kept == before


steps = st.lists(st.tuples(st.sampled_from(["page a", "page b", "page c"]), st.booleans()), max_size=40)


@given(steps)
def test_a_second_page_never_overwrites_what_it_has_not_seen(taken: list[tuple[str, bool]]) -> None:
    """Each step a page sends its next answer, perhaps after a look at what is saved."""
    shelf, sequence, seen = Shelf(), dict.fromkeys("abc", 0), dict.fromkeys("abc", 0)
    for name, looks in taken:
        page = name[-1]
        if looks:
            seen[page] = shelf.kept.version if shelf.kept else 0
        sequence[page] += 1
        before = shelf.kept
        found = shelf.take(Stamp(name, sequence[page], seen[page]), f"{name} {sequence[page]}")
        knew = before is None or before.page == name or seen[page] >= before.version
        assert (found is NEW) is knew
        if found is CONFLICT:
            assert shelf.kept == before
        else:
            assert shelf.kept is not None
            seen[page] = shelf.kept.version


@given(steps, st.randoms(use_true_random=False))
def test_versions_only_grow_whatever_is_delayed_or_doubled(taken: list[tuple[str, bool]], chance: Random) -> None:
    requests = [Stamp(name, number, seen=number if looks else 0) for number, (name, looks) in enumerate(taken, 1)]
    arriving = requests * 2
    chance.shuffle(arriving)
    shelf = Shelf()

    for came in arriving:
        shelf.take(came, "")

    assert shelf.versions == list(range(1, len(shelf.versions) + 1))
