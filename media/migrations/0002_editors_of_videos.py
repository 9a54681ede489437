"""Editors and authors add videos to the common collection; editors also delete them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "Redakcja": ("add_video", "change_video", "choose_video", "delete_video"),
    "Autorki i autorzy": ("add_video", "change_video", "choose_video"),
}


def grant(apps, schema_editor):
    """Django makes permissions after all migrations have run, which is too late for groups that get them here."""
    films = apps.get_app_config("media")
    films.models_module = True
    create_permissions(films, apps=apps, verbosity=0)
    films.models_module = None
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    granted = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="media")
    for name, codenames in GRANTED.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            for permission in permissions.filter(codename__in=codenames):
                granted.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_roles"),
        ("media", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
