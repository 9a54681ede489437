"""Editors and authors add H5P contents to the common collection; editors also delete them.

Wagtail grants it to groups by their English names; where its migrations run after ours, it finds none.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "Redakcja": ("add_content", "change_content", "choose_content", "delete_content"),
    "Autorki i autorzy": ("add_content", "change_content", "choose_content"),
}


def grant(apps, schema_editor):
    """Django makes permissions after all migrations have run, which is too late for groups that get them here."""
    host = apps.get_app_config("h5p")
    host.models_module = True
    create_permissions(host, apps=apps, verbosity=0)
    host.models_module = None
    kept = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    granted = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="h5p")
    for name, codenames in GRANTED.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            for permission in permissions.filter(codename__in=codenames):
                granted.get_or_create(group=group, collection=kept, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0011_h5p_activities"),
        ("h5p", "0002_fingerprints_and_prepared_updates"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
