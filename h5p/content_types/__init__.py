"""The content types that this package brings along, each in a folder as H5P packages hold them."""

from pathlib import Path

FOLDER = Path(__file__).parent


def library_folders() -> tuple[Path, ...]:
    """The folders of the libraries, `<machineName>-<major>.<minor>`, in the order of their names."""
    return tuple(sorted(path.parent for path in FOLDER.glob("*/library.json")))
