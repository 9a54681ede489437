"""Any HTML in our marks: safe, and the same when it is cleaned again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exchange.rich_text import clean, plain

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<strong>",
        "<i>",
        "</i>",
        "<em>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<br>",
        "<a",
        'href="https://a.pl/?b=1&amp;c=2">',
        "<a",
        'href="javascript:x()">',
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<h2>",
        "</h2>",
        "<div>",
        "</div>",
        "<pre>",
        "</pre>",
        "<sup>",
        "</sup>",
        "<script>",
        "</script>",
        "<svg>",
        "<style>",
        "<!--",
        "-->",
        "<img",
        "src=x",
        "onerror=y>",
        "<video>",
        "</video>",
        "<iframe>",
        "&lt;",
        "&nbsp;",
        "&amp;",
        "<",
        ">",
        "&",
        '"',
        "x",
        "Ł",
        "<textarea>",
        "<title>",
        "<template>",
        "<noscript>",
        "<select>",
        "<option>",
        "<math2>",
        "<p",
        "onclick=x>",
        "<plaintext>",
        "<xmp>",
    ]
) | st.sampled_from([" ", "\n", "\xa0", "słowo", "{{luka}}"])
ALLOWED = re.compile(r'</?(?:p|b|i|ul|ol|li)>|<br/>|<a href="(?:https?://|mailto:|tel:)[^"<>]*">|</a>')


@given(st.lists(PIECES, max_size=30).map("".join))
def test_only_our_marks_come_out_and_cleaning_again_changes_nothing(source: str) -> None:
    cleaned = clean(source).html

    assert "<" not in ALLOWED.sub("", cleaned)
    assert clean(cleaned).html == cleaned


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("sam tekst", "<p>sam tekst</p>"),
        ("<p>a</p>b<p>c</p>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p></p><p> </p>", ""),
        ("<div>a<br><br>b<br></div>", "<p>a<br/><br/>b</p>"),
        ("<b>x <i>y</i></b>", "<p><b>x <i>y</i></b></p>"),
        ("<strong><b>x</b></strong><em>y</em>", "<p><b>x</b><i>y</i></p>"),
        (
            "<ul><li><p>a</p><p>b</p></li><li>c<ol><li>d</li></ol></li></ul>",
            "<ul><li>a<br/>b</li><li>c<ol><li>d</li></ol></li></ul>",
        ),
        ("<pre>def f():\n  x</pre>", "<p>def f():<br/>x</p>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "<p>a | b</p><p>c</p>"),
        ("1 &lt; 2 &amp; 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("a\xa0 b\n c", "<p>a\xa0 b c</p>"),
        ("<p>$$\\frac{1}{2} < x$$</p>", "<p>$$\\frac{1}{2} &lt; x$$</p>"),
        ("<a href='/lokalne'>tu</a>", "<p>tu</p>"),
    ],
)
def test_a_text_comes_out_as_our_editor_would_write_it(source: str, cleaned: str) -> None:
    assert clean(source).html == cleaned


def test_a_line_keeps_its_hard_spaces_and_no_marks() -> None:
    assert plain("<p>w <b>Łodzi</b>\xa0i</p><ul><li>a &lt; b</li></ul>") == "w Łodzi\xa0i a < b"
