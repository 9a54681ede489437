"""How much a page is about a word. Pure."""

from collections import Counter

from . import normal

# The parameters of BM25 in their usual places: how soon more of the same word counts no more, and how much the length
# of a text counts. `USUAL` is the length, in words, of a usual page here; a constant, so that a page can be weighed
# alone.
SATURATION, LENGTH, USUAL = 1.2, 0.6, 250
# A word of the title counts like so many in a text of usual length: three times as much as one that is only below.
TITLE = 8
MOST = SATURATION + 1  # what no weight reaches


def weigh(title: str, text: str) -> dict[str, float]:
    """The weight of each word by which a page is found, above 0 and below `MOST`."""
    in_title, in_text = _counted(title), _counted(text)
    shrink = 1 - LENGTH + LENGTH * in_text.total() / USUAL
    heard = {word: TITLE * in_title[word] + in_text[word] / shrink for word in in_title | in_text}
    return {word: MOST * count / (SATURATION + count) for word, count in heard.items()}


def forms(title: str, text: str) -> set[str]:
    """All words, folded, in the forms in which they stand there, as far as somebody could misspell them."""
    found = {normal.plain(match[0]) for match in normal.words_of(f"{title} {text}")}
    return {form for form in found if normal.SHORTEST <= len(form) <= normal.LONGEST and form.isalpha()}


def _counted(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for match in normal.words_of(text):
        counts.update(normal.keys(match[0]))
    return counts
