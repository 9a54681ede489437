"""Who of the staff may look into registrations for trainings, and who keeps what trainings share."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {
    "Redakcja": {
        "records": ("view_registration", "change_registration"),
        "courses": (
            *(f"{action}_trainingseries" for action in ("add", "change", "delete", "view")),
            # A text that people accepted is not deleted; it is changed, and gets its next version.
            *(f"{action}_consentclause" for action in ("add", "change", "view")),
        ),
    },
    "Koordynacja": {"records": ("view_registration",)},
}


def grant(apps, schema_editor):
    for label in ("records", "courses"):
        config = apps.get_app_config(label)
        config.models_module = True  # permissions are otherwise made only after the last migration
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    for name, label, codenames in _granted():
        Group.objects.get(name=name).permissions.add(*_permissions(apps, label, codenames))


def withdraw(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, label, codenames in _granted():
        Group.objects.get(name=name).permissions.remove(*_permissions(apps, label, codenames))


def _granted():
    return [(name, label, codenames) for name, by_app in GRANTED.items() for label, codenames in by_app.items()]


def _permissions(apps, label, codenames):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label=label, codename__in=codenames)


class Migration(migrations.Migration):
    dependencies = [("courses", "0015_trainings"), ("records", "0006_trainings")]

    operations = [migrations.RunPython(grant, withdraw)]
