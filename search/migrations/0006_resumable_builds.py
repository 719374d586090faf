from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_costly_terms")]

    operations = [
        migrations.AddField("indexbuild", "owner", models.CharField(blank=True, max_length=32)),
        migrations.AddField("indexbuild", "last_entry", models.BigIntegerField(default=0)),
        migrations.AddField("indexbuild", "before_version", models.BigIntegerField(default=0)),
    ]
