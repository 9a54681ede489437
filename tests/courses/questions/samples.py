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
}
