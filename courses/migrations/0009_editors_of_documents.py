"""Editors add files and change them.

Wagtail grants it to groups by their English names; where its migrations run after ours, it finds none.
"""

from django.db import migrations

GROUPS = ("Redakcja", "Autorki i autorzy")
CODENAMES = ("add_document", "change_document", "choose_document")


def grant(apps, schema_editor):
    kept = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    granted = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        for permission in _permissions(apps):
            granted.get_or_create(group=group, collection=kept, permission=permission)


def _permissions(apps):
    """What the migrations of Wagtail's documents made."""
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label="wagtaildocs", codename__in=CODENAMES)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_question_imports"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
