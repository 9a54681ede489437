"""What findings say to people: cause and remedy of every code, in English and in plain Polish.

Texts are templates of `str.format`. `{place}`, the path in the package, is always there; the other names are the keys
of `Issue.values`. The Polish is read by editors who made a package in another program, not by programmers.
"""

import re
from dataclasses import dataclass

# Polish typography: a one-letter word never ends a line.
_ONE_LETTER = re.compile(r"(?<!\w)([aiouwz]) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """Cause and remedy of one code in both languages."""

    en: tuple[str, str]
    pl: tuple[str, str]

    def cause(self, language: str = "en") -> str:
        """The template that says what is wrong; every language but "pl" gets English."""
        return self._text(language, 0)

    def remedy(self, language: str = "en") -> str:
        """The template that says what to do."""
        return self._text(language, 1)

    def _text(self, language: str, part: int) -> str:
        if language == "pl":
            return _ONE_LETTER.sub("\\1\N{NO-BREAK SPACE}", self.pl[part]).replace(" MB", "\N{NO-BREAK SPACE}MB")
        return self.en[part]


_EXPORT_EN = "Export the content again from the program in which it was made, and upload the new file."
_EXPORT_PL = "Pobierz tę treść jeszcze raz z programu, w którym powstała, i prześlij nowy plik."
_PACK_EN = "Export the package again with an H5P editor instead of packing it by hand."
_PACK_PL = "Pobierz pakiet jeszcze raz z edytora H5P, zamiast pakować pliki ręcznie."
_AUTHOR_EN = "Take a newer version of this library, or tell its author."
_AUTHOR_PL = "Pobierz nowszą wersję tej biblioteki albo zgłoś błąd jej autorowi."
_EDIT_EN = "Open the content in an H5P editor, save it and export it again."
_EDIT_PL = "Otwórz treść w edytorze H5P, zapisz ją i pobierz jeszcze raz."
_REPLACE_EN = "Remove the file from the content or replace it with an allowed kind, then export the content again."
_REPLACE_PL = "Usuń ten plik z treści albo zamień go na dozwolony rodzaj, a potem pobierz treść jeszcze raz."
_SMALLER_EN = "Make images and films smaller, or divide the content into several."
_SMALLER_PL = "Zmniejsz obrazy i filmy albo podziel treść na kilka mniejszych."

_ARCHIVE = {
    "not-a-zip": Wording(
        ("The file is not an H5P package, or it is damaged.", "Choose a file with the ending .h5p. " + _EXPORT_EN),
        ("Plik nie jest pakietem H5P albo jest uszkodzony.", "Wybierz plik z końcówką .h5p. " + _EXPORT_PL),
    ),
    "too-large": Wording(
        ("The file is larger than {limit} MB.", _SMALLER_EN),
        ("Plik jest większy niż {limit} MB.", _SMALLER_PL),
    ),
    "package-too-large": Wording(
        ("The unpacked package is larger than {limit} MB.", _SMALLER_EN),
        ("Pakiet po rozpakowaniu jest większy niż {limit} MB.", _SMALLER_PL),
    ),
    "file-too-large": Wording(
        ("The file {place} is larger than {limit} MB.", "Make it smaller and export the content again."),
        ("Plik {place} jest większy niż {limit} MB.", "Zmniejsz go i pobierz treść jeszcze raz."),
    ),
    "too-many-files": Wording(
        ("The package holds more than {limit} files.", "Divide the content into several."),
        ("Pakiet zawiera za dużo plików: dozwolona liczba to {limit}.", "Podziel treść na kilka mniejszych."),
    ),
    "compression-bomb": Wording(
        ("The file {place} unpacks to more than {limit} times its packed size.", _EXPORT_EN),
        ("Plik {place} po rozpakowaniu jest ponad {limit} razy większy niż w pakiecie.", _EXPORT_PL),
    ),
    "path-too-long": Wording(
        ("The path {place} has more than {limit} characters.", "Shorten the file name and export the content again."),
        ("Ścieżka {place} jest za długa: dozwolona liczba znaków to {limit}.", "Skróć nazwę pliku. " + _EXPORT_PL),
    ),
    "unsafe-path": Wording(
        ("The package holds a file with a path that is not allowed: {place}.", _PACK_EN),
        ("Pakiet zawiera plik z niedozwoloną ścieżką: {place}.", _PACK_PL),
    ),
    "symlink": Wording(
        ("{place} is not a file but a link or a device.", _PACK_EN),
        ("{place} nie jest plikiem, tylko dowiązaniem albo urządzeniem.", _PACK_PL),
    ),
    "encrypted": Wording(
        ("The file {place} is protected with a password.", "Export the package again without a password."),
        ("Plik {place} jest zabezpieczony hasłem.", "Pobierz pakiet jeszcze raz, bez hasła."),
    ),
    "duplicate-entry": Wording(
        ("The package holds {place} twice, with different contents.", _PACK_EN),
        ("Pakiet zawiera dwa różne pliki o tej samej ścieżce: {place}.", _PACK_PL),
    ),
    "case-collision": Wording(
        ("The paths {place} and {other} differ only in letter case, or one is both a file and a folder.", _PACK_EN),
        ("Ścieżki {place} i {other} różnią się tylko wielkością liter albo oznaczają naraz plik i folder.", _PACK_PL),
    ),
    "unsupported-compression": Wording(
        ("The file {place} is packed in a way that H5P does not use.", _PACK_EN),
        ("Plik {place} jest spakowany w sposób, którego H5P nie używa.", _PACK_PL),
    ),
    "damaged-file": Wording(
        ("The file {place} is damaged: it cannot be unpacked.", _EXPORT_EN),
        ("Plik {place} jest uszkodzony: nie można go rozpakować.", _EXPORT_PL),
    ),
}

_JSON = {
    "json-invalid": Wording(
        ("{place} is not valid JSON (line {line}, column {column}).", _EXPORT_EN),
        ("Nie można odczytać pliku {place}: błąd zapisu JSON w wierszu {line}, w kolumnie {column}.", _EXPORT_PL),
    ),
    "json-not-utf8": Wording(
        ("{place} is not text in UTF-8.", _EXPORT_EN),
        ("Plik {place} nie jest tekstem w kodowaniu UTF-8.", _EXPORT_PL),
    ),
    "json-forbidden-value": Wording(
        ("{place} holds a character or a number that cannot be stored.", _EDIT_EN),
        ("Plik {place} zawiera znak albo liczbę, których nie można zapisać.", _EDIT_PL),
    ),
    "json-too-deep": Wording(
        ("{place} is nested more than {limit} levels deep.", "Make the content simpler. " + _EDIT_EN),
        ("Plik {place} ma za dużo zagnieżdżeń: dozwolona liczba to {limit}.", "Uprość treść. " + _EDIT_PL),
    ),
    "json-too-large": Wording(
        ("{place} is larger than {limit} MB, or it makes the data of the package too large.", _SMALLER_EN),
        ("Plik {place} jest większy niż {limit} MB albo łącznie z innymi zawiera za dużo danych.", _SMALLER_PL),
    ),
    "json-wrong-type": Wording(
        ("{place} holds something else than H5P expects there ({expected}).", _EXPORT_EN),
        ("Plik {place} zawiera co innego, niż przewiduje H5P ({expected}).", _EXPORT_PL),
    ),
}

_PACKAGE = {
    "missing-h5p-json": Wording(
        ("The package lacks the file h5p.json, which describes the content.", _PACK_EN),
        ("W pakiecie brakuje pliku h5p.json, który opisuje treść.", _PACK_PL),
    ),
    "missing-content-json": Wording(
        ("The package lacks the file content/content.json, which holds the content.", _PACK_EN),
        ("W pakiecie brakuje pliku content/content.json, czyli samej treści.", _PACK_PL),
    ),
    "wrapped-in-folder": Wording(
        (
            "The whole package lies in the folder {folder}.",
            "Pack the files of that folder, not the folder. " + _PACK_EN,
        ),
        ("Cały pakiet leży w folderze {folder}.", "Spakuj pliki z tego folderu, a nie sam folder. " + _PACK_PL),
    ),
    "nothing-inside": Wording(
        ("The file holds neither a content nor a library of H5P.", "Choose another file. " + _EXPORT_EN),
        ("Plik nie zawiera ani treści, ani biblioteki H5P.", "Wybierz inny plik. " + _EXPORT_PL),
    ),
    "field-missing": Wording(
        ("{place} lacks the field {field}.", _EXPORT_EN),
        ("W pliku {place} brakuje pola {field}.", _EXPORT_PL),
    ),
    "field-invalid": Wording(
        ("The field {field} in {place} has a value that H5P does not allow: {value}.", _EDIT_EN),
        ("Pole {field} w pliku {place} ma wartość niedozwoloną w H5P: {value}.", _EDIT_PL),
    ),
    "title-invalid": Wording(
        ("The title of the content is empty or longer than 255 characters.", "Correct the title. " + _EXPORT_EN),
        ("Tytuł treści jest pusty albo ma ponad 255 znaków.", "Popraw tytuł. " + _EXPORT_PL),
    ),
    "main-library-invalid": Wording(
        ("The type of the content is named wrongly in h5p.json: {value}.", _EDIT_EN),
        ("Plik h5p.json zawiera błędną nazwę typu treści: {value}.", _EDIT_PL),
    ),
    "main-library-unlisted": Wording(
        ("h5p.json does not say which version of {library} the content needs.", _EDIT_EN),
        ("Plik h5p.json nie podaje, której wersji {library} wymaga treść.", _EDIT_PL),
    ),
    "license-unknown": Wording(
        ("The licence {value} is not one that H5P knows.", "Choose a licence in an H5P editor."),
        ("H5P nie zna licencji {value}.", "Wybierz licencję w edytorze H5P."),
    ),
    "stray-file": Wording(
        ("The file {place} belongs neither to the content nor to a library; it was left out.", "You may ignore this."),
        ("Plik {place} nie należy do treści ani do biblioteki, więc został pominięty.", "Nie musisz nic robić."),
    ),
    "not-runnable": Wording(
        ("{library} calls itself a part of other contents, not a content of its own.", "Look at a preview first."),
        ("{library} to część innych treści, a nie samodzielna treść.", "Najpierw obejrzyj podgląd."),
    ),
}

_FILES = {
    "svg-in-content": Wording(
        (
            "{place} is an SVG image. Such a file can hold a program, so contents must not have one.",
            "Replace it with a PNG or JPG image and export the content again.",
        ),
        (
            "{place} to obraz SVG. Taki plik może zawierać program, więc w treści jest niedozwolony.",
            "Zamień go na obraz PNG albo JPG i pobierz treść jeszcze raz.",
        ),
    ),
    "extension-in-content": Wording(
        ("Files with the ending .{extension} are not allowed in contents: {place}.", _REPLACE_EN),
        ("Pliki z końcówką .{extension} są w treści niedozwolone: {place}.", _REPLACE_PL),
    ),
    "extension-in-library": Wording(
        ("Files with the ending .{extension} are not allowed in libraries: {place}.", _AUTHOR_EN),
        ("Pliki z końcówką .{extension} są w bibliotece niedozwolone: {place}.", _AUTHOR_PL),
    ),
    "no-extension": Wording(
        ("The name of the file {place} has no ending, so its kind is unknown.", _REPLACE_EN),
        ("Nazwa pliku {place} nie ma końcówki, więc nie wiadomo, co to za plik.", _REPLACE_PL),
    ),
}

_LIBRARIES = {
    "missing-library-json": Wording(
        ("The folder {folder} is not a library: it lacks the file library.json.", _PACK_EN),
        ("Folder {folder} nie jest biblioteką: brakuje w nim pliku library.json.", _PACK_PL),
    ),
    "folder-mismatch": Wording(
        ("The folder {folder} holds the library {library}; the names must agree.", _PACK_EN),
        ("Folder {folder} zawiera bibliotekę {library}, a te nazwy muszą się zgadzać.", _PACK_PL),
    ),
    "duplicate-library": Wording(
        ("The package holds the library {library} twice.", _PACK_EN),
        ("Pakiet zawiera bibliotekę {library} dwa razy.", _PACK_PL),
    ),
    "asset-missing": Wording(
        ("The library {library} needs the file {file}, which is not in the package.", _AUTHOR_EN),
        ("Biblioteka {library} wymaga pliku {file}, którego nie ma w pakiecie.", _AUTHOR_PL),
    ),
    "asset-outside": Wording(
        ("The library {library} asks for a file outside its own folder: {file}.", _AUTHOR_EN),
        ("Biblioteka {library} odwołuje się do pliku spoza swojego folderu: {file}.", _AUTHOR_PL),
    ),
    "language-name-invalid": Wording(
        ("{place} is not named like a language file, for example pl.json.", _AUTHOR_EN),
        ("Nazwa pliku {place} nie jest nazwą pliku językowego, na przykład pl.json.", _AUTHOR_PL),
    ),
    "core-too-old": Wording(
        (
            "{library} needs the H5P player {needed} or newer, and this site has an older one.",
            "Use an older version of this content type, or ask the administrator to update the site.",
        ),
        (
            "{library} wymaga odtwarzacza H5P w wersji co najmniej {needed}, a w tym serwisie jest starsza.",
            "Użyj starszej wersji tego typu treści albo poproś administratora o aktualizację serwisu.",
        ),
    ),
    "missing-library": Wording(
        (
            "The library {library} is neither in the package nor on this site.",
            "Export the content with its libraries, or ask the administrator to install {library}.",
        ),
        (
            "Biblioteki {library} nie ma ani w pakiecie, ani w serwisie.",
            "Pobierz treść razem z bibliotekami albo poproś administratora o zainstalowanie {library}.",
        ),
    ),
    "missing-main-library": Wording(
        (
            "The type of this content, {library}, is neither in the package nor on this site.",
            "Export the content with its libraries, or ask the administrator to install {library}.",
        ),
        (
            "Typu tej treści, {library}, nie ma ani w pakiecie, ani w serwisie.",
            "Pobierz treść razem z bibliotekami albo poproś administratora o zainstalowanie {library}.",
        ),
    ),
    "library-blocked": Wording(
        ("The administrator has blocked the library {library} on this site.", "Use another type of content."),
        ("Administrator zablokował bibliotekę {library} w tym serwisie.", "Użyj innego typu treści."),
    ),
}

WORDING = {**_ARCHIVE, **_JSON, **_PACKAGE, **_FILES, **_LIBRARIES}
