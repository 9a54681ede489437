"""Who of the staff may mark answers, give one person more, and have results worked out anew."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "Redakcja": ("add_mark", "view_mark", "add_extension", "view_extension", "add_regrade", "view_regrade"),
    "Koordynacja": ("view_mark", "view_extension", "view_regrade"),
    "Prowadzący": ("add_mark", "view_mark"),
}


def grant(apps, schema_editor):
    config = apps.get_app_config("records")
    config.models_module = True  # permissions are otherwise made only after the last migration
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    for name, codenames in GRANTED.items():
        Group.objects.get(name=name).permissions.add(*_permissions(apps, codenames))


def withdraw(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, codenames in GRANTED.items():
        Group.objects.get(name=name).permissions.remove(*_permissions(apps, codenames))


def _permissions(apps, codenames):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label="records", codename__in=codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_more_kinds_of_questions"),
        ("records", "0003_attempts_waiting_for_marks"),
    ]

    operations = [migrations.RunPython(grant, withdraw)]
