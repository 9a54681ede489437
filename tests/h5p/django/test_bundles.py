"""Scripts and styles joined into one file each, which behave as single ones."""

import gzip
import re
import time

import pytest
from django.test import Client

from h5p.django import bundles, inlining
from h5p.django.bundles import Piece, bundle, closed, join_scripts, join_styles, read_bundle
from h5p.django.storage import the_storage
from tests.h5p.django import make

TREE = "a" * 64


def style(css: str, path: str = "styles/card.css") -> str:
    return join_styles([Piece(TREE, path)], [css])


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    bundles._present.clear()


def test_scripts_keep_their_order_and_say_where_they_are() -> None:
    joined = join_scripts([Piece(TREE, "a.js"), Piece(TREE, "b.js")], ["var a = 1 // one", "var b = a"])
    assert re.sub(r"\s+", "", joined) == ";h5pFrame.at=0;vara=1;h5pFrame.at=1;varb=a;h5pFrame.at=2;"


def test_a_strict_script_binds_no_other() -> None:
    joined = join_scripts([Piece(TREE, "a.js"), Piece(TREE, "b.js")], ['"use strict";\nvar a;', "b = 1"])
    assert not re.match(r"""\s*["']use strict""", joined)


def test_what_is_minified_stays_as_it_is() -> None:
    text = "var a  =  `x  y`; // kept"
    assert text in join_scripts([Piece(TREE, "a.min.js")], [text])


def test_texts_in_scripts_are_not_touched() -> None:
    text = "var a = 'b  //  c', d = `e   ${ f }   // g`, h = /[/]  \\/\\/ i/;"
    joined = join_scripts([Piece(TREE, "a.js")], [text])
    for kept in ("'b  //  c'", "`e   ${ f }   // g`", "/[/]  \\/\\/ i/"):
        assert kept in joined


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a{background:url(../img/x.png)}", f'a{{background:url("../lib/{TREE}/img/x.png")}}'),
        ("a{background:url('x y.png')}", f'a{{background:url("../lib/{TREE}/styles/x%20y.png")}}'),
        ('a{src:url("f.woff?#iefix")}', f'a{{src:url("../lib/{TREE}/styles/f.woff?#iefix")}}'),
        ("a{b:url(../../../../x.png)}", f'a{{b:url("../lib/{TREE}/x.png")}}'),
        ("a{b:url(data:image/png;base64,AA==)}", "a{b:url(data:image/png;base64,AA==)}"),
        ("a{b:url(#clip)}", "a{b:url(#clip)}"),
        ("a{b:url(https://example.org/x.png)}", "a{b:url(https://example.org/x.png)}"),
    ],
)
def test_addresses_in_styles_hold_from_where_bundles_are(css: str, expected: str) -> None:
    assert style(css) == expected


def test_imports_go_first_and_those_from_elsewhere_go_away() -> None:
    pieces = [Piece(TREE, "a.css"), Piece(TREE, "b/b.css")]
    joined = join_styles(
        pieces, ["a{b:c}", "@charset 'utf-8';@import url(https://e.org/f.css);@import 'g.css' print;d{e:f}"]
    )
    assert joined == f'@import "../lib/{TREE}/b/g.css" print;\na{{b:c}}\nd{{e:f}}'


@pytest.mark.parametrize(
    ("css", "whole"),
    [
        ("a{b:c", "a{b:c}"),
        ("@media x{a{b:c}", "@media x{a{b:c}}"),
        ("a{b:c}/* no end", "a{b:c}"),
        ("a{b:'c", "a{b:'c'}"),
        ("a{b:url(c", "a{b:url(c)}"),
        ("a{b:c}} d{e:f}", "a{b:c} d{e:f}"),
        ("a{content:'}'}/* { */", "a{content:'}'}/* { */"),
        ("a{b:'\\''}", "a{b:'\\''}"),
        ("", ""),
    ],
)
def test_a_style_that_is_not_closed_swallows_nothing_of_the_next(css: str, whole: str) -> None:
    assert closed(css) == whole


FONT_FACE = "@font-face{font-family:I;src:url(f.eot);src:url('f.woff') format('woff'),url(f.ttf);font-weight:400}"


def joined_styles(css: str, **files: bytes) -> str:
    """The style of a library with these files, `f_woff` standing for `f.woff`."""
    others = {name.replace("_", "."): data for name, data in files.items()}
    library = make.library("H5P.Styled", files={"card.css": css, **others})
    name = bundle([Piece(library.tree_hash, "card.css")], "css")
    assert name
    read = read_bundle(name)
    assert read
    return gzip.decompress(read).decode()


@pytest.mark.django_db
def test_small_fonts_are_in_the_style_in_their_best_format() -> None:
    css = joined_styles(FONT_FACE, f_woff=b"WOFF", f_ttf=b"TTF", f_eot=b"EOT")
    assert re.findall(r"url\([^)]*\)", css) == ['url("data:font/woff;base64,V09GRg==")']
    assert "font-family:I" in css
    assert "font-weight:400" in css


@pytest.mark.django_db
def test_large_fonts_stay_files() -> None:
    css = joined_styles(FONT_FACE, f_woff=b"W" * (inlining.FONT + 1), f_ttf=b"T" * (inlining.FONT + 1))
    assert "data:" not in css
    assert css.count("../lib/") == 3


@pytest.mark.django_db
def test_small_images_are_in_the_style_and_large_ones_are_not() -> None:
    css = joined_styles("a{b:url(s.png)}c{d:url(l.png)}e{f:url(n.png)}", s_png=b"S", l_png=b"L" * (inlining.IMAGE + 1))
    assert 'a{b:url("data:image/png;base64,Uw==")}' in css
    assert css.count("../lib/") == 2


@pytest.mark.django_db
def test_a_style_that_names_an_image_a_thousand_times_grows_no_further_than_the_limit() -> None:
    css = joined_styles("".join(f"a{n}{{b:url(s.png)}}" for n in range(1000)), s_png=b"S" * inlining.IMAGE)
    assert css.count("data:") == inlining.IN_ALL // inlining.IMAGE
    assert css.count("../lib/") == 1000 - css.count("data:")


@pytest.mark.parametrize(
    "hostile",
    [
        "@import " + "a" * 200_000,
        "@import a" * 40_000,
        "url(" + " " * 200_000,
        "url('" * 50_000,
        "/*" * 90_000,
        "/" + "*" * 99_999,
        "@font-face{" * 20_000,
        "@font-face{" + "src:" * 50_000 + "}",
    ],
)
def test_a_hostile_style_costs_no_more_than_its_bytes(hostile: str) -> None:
    started = time.perf_counter()
    style(hostile)
    assert time.perf_counter() - started < 2


@pytest.mark.django_db
def test_a_bundle_is_made_once_and_named_by_what_is_in_it(django_assert_num_queries: object) -> None:
    library = make.library()
    pieces = [Piece(library.tree_hash, "card.js")]
    name = bundle(pieces, "js")
    assert name
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert bundle(pieces, "js") == name
    other = make.library("H5P.Other", files={"card.js": "1"})
    assert bundle([*pieces, Piece(other.tree_hash, "card.js")], "js") != name


@pytest.mark.django_db
@pytest.mark.urls("tests.h5p.django.urls")
def test_a_bundle_is_served_for_ever_and_compressed(client: Client) -> None:
    name = bundle([Piece(make.library().tree_hash, "card.js")], "js")
    plain = client.get(f"/h5p/bundle/{name}")
    packed = client.get(f"/h5p/bundle/{name}", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert b"H5P.TestCard" in plain.content
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert packed["Content-Type"] == "text/javascript; charset=utf-8"
    assert packed["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_a_bundle_that_is_not_written_to_its_end_is_not_served() -> None:
    library = make.library("H5P.Unfinished")  # one that this process has not read yet
    name = bundle([Piece(library.tree_hash, "card.js")], "js")
    assert name
    path = f"h5p/bundles/{name}.gz"
    with the_storage().open(path) as file:
        whole = file.read()
    the_storage().delete(path)
    with the_storage().open(path, "wb") as file:
        file.write(whole[:-9])
    assert read_bundle(name) is None
    the_storage().delete(path)


@pytest.mark.parametrize("name", ["x.js", "../settings.py", "a" * 40 + ".txt", "", "A" * 40 + ".js"])
def test_only_bundles_are_read(name: str) -> None:
    assert read_bundle(name) is None


@pytest.mark.django_db
def test_scripts_too_large_to_join_are_delivered_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "LARGEST", 10)
    library = make.library("H5P.Large", files={"large.js": "1" * 11})
    assert bundle([Piece(library.tree_hash, "large.js")], "js") is None
