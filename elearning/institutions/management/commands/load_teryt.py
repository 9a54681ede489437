"""Loads the register of territorial units."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from elearning.institutions import register, teryt

DATA = Path(__file__).resolve().parents[2] / "data" / "teryt.csv"


class Command(BaseCommand):
    """Safe to repeat: units are added and renamed, never deleted."""

    help = (
        "Wczytuje rejestr TERYT: plik z programu albo podany plik TERC ze strony GUS. "
        "Powtórzone, zmienia tylko to, co się różni."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=DATA, help="plik TERC (CSV) pobrany ze strony GUS")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            # The official file carries a byte order mark.
            with file.open(encoding="utf-8-sig", newline="") as lines:
                loaded = register.load(teryt.read(lines))
        except OSError as error:
            raise CommandError(f"Nie można odczytać pliku {file}: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"Plik {file} nie jest zapisany w UTF-8.") from error
        except teryt.BadCode as error:
            raise CommandError(str(error)) from error
        self.report(loaded)

    def report(self, loaded: register.Loaded) -> None:
        counts = loaded.total
        self.stdout.write(
            f"Województwa: {counts['voivodeship']}, powiaty: {counts['county']}, gminy: {counts['commune']}. "
            f"Dodano: {loaded.created}, zmieniono: {loaded.changed}."
        )
        if loaded.missing:
            self.stdout.write(f"W pliku nie ma już jednostek: {', '.join(loaded.missing)}. Zostały w bazie.")
