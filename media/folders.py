"""Where the files of a video lie, and how they go."""

from django.core.files.storage import Storage

from media.models import Video


def folder_of(video: Video) -> str:
    """Where all files of a video lie. Not taken from the name in the row, for all that is in it gets deleted."""
    return f"films/{video.key}"


def clear(storage: Storage, folder: str) -> None:
    """Delete everything below a folder of the storage, and the folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in folders:
        clear(storage, f"{folder}/{name}")
    for name in files:
        storage.delete(f"{folder}/{name}")
    storage.delete(folder)
