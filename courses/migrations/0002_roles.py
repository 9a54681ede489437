"""The groups of people who work in the admin, in Polish, with what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# Wagtail's own groups get Polish names; they keep their rights to pages, images and documents.
RENAMED = {"Moderators": "Redakcja", "Editors": "Autorki i autorzy"}
APPS = ("cms", "courses", "institutions")
SNIPPETS = {
    "cms": ("datum", "project"),
    "courses": ("question", "questioncategory"),
    "institutions": ("institution",),
}
ACTIONS = ("add", "change", "delete", "view")
# Who else may enter the admin; what they see there comes with the reports and trainings.
READERS = ("Koordynacja", "Prowadzący")


def make_roles(apps, schema_editor):
    for label in APPS:
        config = apps.get_app_config(label)
        config.models_module = True  # permissions are otherwise made only after the last migration
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for old, new in RENAMED.items():
        Group.objects.filter(name=old).update(name=new)
    editors, _created = Group.objects.get_or_create(name="Redakcja")
    for app, models in SNIPPETS.items():
        names = [f"{action}_{model}" for model in models for action in ACTIONS]
        editors.permissions.add(*Permission.objects.filter(content_type__app_label=app, codename__in=names))
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in ("Redakcja", *READERS):
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(
        name="Akceptacja redakcji"
    )
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(name="Akceptacja redakcji")


def unmake_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for old, new in RENAMED.items():
        Group.objects.filter(name=new).update(name=old)
    Group.objects.filter(name__in=READERS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0001_initial"),
        ("cms", "0001_initial"),
        ("institutions", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_roles, unmake_roles)]
