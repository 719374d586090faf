"""Who runs the cluster may see how many alerts there are: counts only (alerts/reports.py)."""

from django.db import migrations

GROUP = "Moderators"


def give_right(apps, schema_editor):
    # On an empty database Django makes permissions only after all migrations.
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="alerts", model="savedsearch"
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="view_savedsearch", defaults={"name": "Can view saved search"}
    )
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(give_right, migrations.RunPython.noop)]
