"""Editors, Moderators and Members, with their rights.

Wagtail's own migrations make the first two groups, their rights on pages, images and documents, and the approval
workflow on the root page, wagtail-localize's gives both the right to translate. This adds what is the portal's own.
"""

from django.db import migrations

TAXONOMIES = ("subsector", "skill", "topic")
# Group → (app, model, action).
RIGHTS = {
    "Editors": [("core", model, action) for model in TAXONOMIES for action in ("add", "change", "view")],
    "Moderators": [
        *(("core", model, action) for model in TAXONOMIES for action in ("add", "change", "delete", "view")),
        ("core", "sitesettings", "change"),
        *(("wagtailredirects", "redirect", action) for action in ("add", "change", "delete", "view")),
    ],
    # Whoever is signed in sees members' contact details; the group says who is here as a member.
    "Members": [],
}


def give_rights(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for group_name, rights in RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=group_name)
        for app_label, model, action in rights:
            # On an empty database Django makes permissions only after all migrations.
            content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
            name = apps.get_model(app_label, model)._meta.verbose_name
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {name}"[:255]}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("core", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0002_initial_data"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
