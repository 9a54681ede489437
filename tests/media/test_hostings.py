"""Addresses of films elsewhere: what people copy, and what they should not be able to embed. No database."""

import pytest

from media.hostings import Embed, read_address

YOUTUBE = Embed("YouTube", "www.youtube-nocookie.com", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0")


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "http://youtube.com/watch?v=dQw4w9WgXcQ&t=65s&list=PL0",
        "https://m.youtube.com/watch?list=PL0&v=dQw4w9WgXcQ",
        "https://www.YouTube.com:443/watch/?v=dQw4w9WgXcQ#t=1",
        " https://youtu.be/dQw4w9WgXcQ?si=abc ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
)
def test_every_address_of_a_youtube_film_leads_to_the_frame_without_cookies(address: str) -> None:
    assert read_address(address) == YOUTUBE


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("https://vimeo.com/123456789", ""),
        ("https://www.vimeo.com/123456789/", ""),
        ("https://vimeo.com/channels/staffpicks/123456789", ""),
        ("https://vimeo.com/groups/rops/videos/123456789", ""),
        ("https://vimeo.com/123456789/0a1b2c3d4e", "&h=0a1b2c3d4e"),
        ("https://player.vimeo.com/video/123456789", ""),
        ("https://player.vimeo.com/video/123456789?h=0a1b2c3d4e&autoplay=1", "&h=0a1b2c3d4e"),
        ("https://vimeo.com/123456789?h=%22%3E%3Cscript%3E", ""),
    ],
)
def test_every_address_of_a_vimeo_film_leads_to_its_player_that_tracks_nobody(address: str, query: str) -> None:
    expected = f"https://player.vimeo.com/video/123456789?dnt=1{query}"
    assert read_address(address) == Embed("Vimeo", "player.vimeo.com", expected)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "film",
        "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
        "//youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
        "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com@example.org/watch?v=dQw4w9WgXcQ",
        "https://person@youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com:8080/watch?v=dQw4w9WgXcQ",
        "https://youtube.com:port/watch?v=dQw4w9WgXcQ",
        "https://[youtube.com/watch?v=dQw4w9WgXcQ",
        "https://example.org/film.mp4",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"^Podaj adres filmu w\sserwisie YouTube lub Vimeo"):
        read_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload",
        "https://www.youtube.com/embed/../dQw4w9WgXcQ",
        "https://www.youtube.com/playlist?list=PL0&v=dQw4w9WgXcQ",
        "https://www.youtube.com/@rops",
        "https://youtu.be/",
        "https://vimeo.com/rops",
        "https://vimeo.com/1234567890123456",
        "https://player.vimeo.com/123456789",
    ],
)
def test_what_is_no_single_film_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"^Ten adres nie prowadzi do jednego filmu"):
        read_address(address)
