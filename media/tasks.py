"""What the worker does for films."""

from django_tasks import task

from media import renditions


# Messages and certificates go first, and wait for one step at most.
@task(priority=-50)
def make_renditions(video_id: int) -> None:
    """Make what is still to be made of a video, one step a task."""
    if renditions.make_next(video_id):
        make_renditions.enqueue(video_id)
