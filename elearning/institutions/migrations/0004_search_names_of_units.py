"""Gives the units that are there the names by which they are found."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from elearning.institutions.names import key


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    units = list(apps.get_model("institutions", "TerritorialUnit").objects.all())
    for unit in units:
        unit.search_name = key(unit.name)
    if units:
        type(units[0]).objects.bulk_update(units, ["search_name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0003_search_name"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
