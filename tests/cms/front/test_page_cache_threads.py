"""Readers and an editor at once, each with a connection of their own: who reads after a publication reads it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from elearning import freshness
from elearning.cms.models import NewsIndexPage, NewsPage
from tests import make

ROUNDS, READERS = 8, 3
NEWS = "/aktualnosci/pierwsza/"


@pytest.mark.usefixtures("kept")
@pytest.mark.django_db(transaction=True)
def test_nobody_reads_a_page_older_than_the_last_publication(settings: Any) -> None:
    news = make_news()
    published, done = [0], Event()

    def read() -> int:
        """How many pages this visitor saw; fails at one that was already out of date when it was asked for."""
        seen = 0
        while not done.is_set() or not seen:
            least = published[0]
            text = Client().get(NEWS).content.decode()
            shown = int(text.partition("<title>Numer ")[2].partition("\xa0")[0].partition(" ")[0])
            assert shown >= least
            seen += 1
        connection.close()
        return seen

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read) for _ in range(READERS)]
        try:
            for number in range(1, ROUNDS + 1):
                news.title = f"Numer {number} z\xa0wielu"
                with freshness.renewing():
                    news.save_revision().publish()
                published[0] = number
        finally:
            done.set()
        assert all(reader.result() for reader in readers)
    assert f"Numer {ROUNDS}" in Client().get(NEWS).content.decode()


def make_news() -> NewsPage:
    """The news „Numer 0 z wielu” on a site made anew."""
    index = make.site().add_child(instance=NewsIndexPage(title="Aktualności", slug="aktualnosci"))
    page: NewsPage = make.publish(index.add_child(instance=NewsPage(title="Numer 0 z\xa0wielu", slug="pierwsza")))
    return page
