"""What the worker does for films."""

from django_tasks import task

from media import renditions


@task()
def make_renditions(video_id: int) -> None:
    """Make what is still to be made of a video."""
    renditions.make_all(video_id)
