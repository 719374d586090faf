import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


# Group → (model, action). Editors steer the search; only moderators remove what readers have written.
RIGHTS = {
    "Editors": [
        ("emptysearch", "view"),
        ("emptysearch", "change"),
        *(("pinnedresult", action) for action in ("add", "change", "delete", "view")),
        ("missingreport", "view"),
        ("missingreport", "change"),
    ],
    "Moderators": [
        ("emptysearch", "view"),
        ("emptysearch", "change"),
        *(("pinnedresult", action) for action in ("add", "change", "delete", "view")),
        *(("missingreport", action) for action in ("change", "delete", "view")),
    ],
}


def give_rights(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for group_name, rights in RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=group_name)
        for model, action in rights:
            # On an empty database Django makes permissions only after all migrations.
            content_type, _created = ContentType.objects.get_or_create(app_label="search", model=model)
            name = apps.get_model("search", model)._meta.verbose_name
            permission, _created = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {name}"[:255]}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
        ('search', '0003_suggestions'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MissingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False, unique=True)),
                ('query', models.CharField(blank=True, max_length=200, verbose_name='searched for')),
                ('listing', models.CharField(blank=True, max_length=100, verbose_name='list')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('message', models.TextField(max_length=2000, verbose_name='message')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('created', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('mailed', models.BooleanField(default=False, editable=False)),
                ('done', models.BooleanField(default=False, verbose_name='done')),
            ],
            options={
                'verbose_name': 'message about something missing',
                'verbose_name_plural': 'messages about something missing',
                'ordering': ['done', '-created'],
            },
        ),
        migrations.CreateModel(
            name='EmptySearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(max_length=100, verbose_name='list')),
                ('terms', models.CharField(blank=True, max_length=80, verbose_name='searched for')),
                ('filters', models.CharField(blank=True, max_length=300, verbose_name='filters')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('outcome', models.CharField(choices=[('nothing', 'Nothing found'), ('fewer', 'Found with fewer words')], default='nothing', max_length=10, verbose_name='outcome')),
                ('state', models.CharField(choices=[('open', 'Open'), ('solved', 'Solved'), ('dismissed', 'Dismissed')], default='open', max_length=10, verbose_name='state')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='times')),
                ('first_at', models.DateTimeField(verbose_name='first')),
                ('last_at', models.DateTimeField(verbose_name='last')),
            ],
            options={
                'verbose_name': 'search without results',
                'verbose_name_plural': 'searches without results',
                'indexes': [models.Index(fields=['state', '-count'], name='search_empty_by_count'), models.Index(fields=['last_at'], name='search_empty_by_time')],
                'constraints': [models.UniqueConstraint(fields=('terms', 'filters', 'listing', 'language'), name='search_empty_once')],
            },
        ),
        migrations.CreateModel(
            name='PinnedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', models.CharField(help_text='As people type it. Capitals, accents and the order of words do not count.', max_length=80, verbose_name='query')),
                ('words', models.CharField(default='', editable=False, max_length=120)),
                ('language', models.CharField(blank=True, choices=[('', 'All languages'), ('fr', 'French'), ('de', 'German'), ('en', 'English')], max_length=10, verbose_name='language')),
                ('key', models.UUIDField(editable=False)),
                ('position', models.PositiveSmallIntegerField(default=1, help_text='1 stands first.', verbose_name='position')),
                ('page', models.ForeignKey(help_text='Shown in every list that has it; its translations count as the same page.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'pinned result',
                'verbose_name_plural': 'pinned results',
                'ordering': ['query', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('words', 'language', 'key'), name='search_pin_once')],
            },
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
