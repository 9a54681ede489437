"""One question of every kind, as its block or the demo's files give it."""

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {
    "single_choice": {
        "text": "<p>Ile Modeli Kooperacji opisuje Księga?</p>",
        "feedback": "<p>Księga opisuje trzy modele.</p>",
        "options": [
            {"text": "2", "correct": False, "feedback": "<p>Brakuje jednego typu gminy.</p>"},
            {"text": "3", "correct": True, "feedback": ""},
            {"text": "5", "correct": False, "feedback": ""},
        ],
    },
    "multiple_choice": {
        "text": "<p>Które poziomy samorządu tworzą zespół?</p>",
        "options": [
            {"text": "gmina", "correct": True},
            {"text": "powiat", "correct": True},
            {"text": "sołectwo", "correct": False, "feedback": "<p>To część gminy.</p>"},
            {"text": "państwo", "correct": False},
        ],
    },
    "true_false": {"text": "<p>Porozumienie poprzedza pracę zespołu.</p>", "answer": True},
    "number": {"text": "<p>Ile procent badanych?</p>", "answer": "86.34", "tolerance": "0.5", "unit": "%"},
    "gaps": {"text": "<p>PZK to Partnerski {{Zespół|Zesp.}} {{Kooperacji}}.</p>"},
    "matching": {
        "text": "<p>Dopasuj instytucję do poziomu.</p>",
        "pairs": [
            {"left": "gmina", "right": "GOPS"},
            {"left": "powiat", "right": "PCPR"},
            {"left": "województwo", "right": "ROPS"},
        ],
        "extra": ["CUS"],
    },
    "ordering": {
        "text": "<p>Ułóż etapy.</p>",
        "items": ["porozumienie", "diagnoza", "program", "ocena"],
    },
    "short_text": {
        "text": "<p>Jak nazywa się miasto w województwie łódzkim?</p>",
        "accepted": [
            {"text": "Łódź", "percent": 100, "feedback": "<p>Tak, to stolica województwa.</p>"},
            {"text": "miasto Łódź", "percent": 100, "feedback": ""},
            {"text": "Łask", "percent": 50, "feedback": "<p>To mniejsze miasto.</p>"},
        ],
        "ignore_diacritics": True,
    },
    "open_text": {
        "text": "<p>Opisz, kogo zaprosisz do zespołu.</p>",
        "guidance": "<p>Tylko dla oceniających: liczą się trzy instytucje.</p>",
        "criteria": [{"text": "Wymienia instytucje", "points": 3}, {"text": "Uzasadnia wybór", "points": 2}],
        "min_words": 3,
        "max_words": 10,
    },
}
