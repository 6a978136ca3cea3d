from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("approval", "0004_keep_chains_as_first_versions")]

    operations = [
        migrations.DeleteModel(name="ChainStep"),
        migrations.DeleteModel(name="Chain"),
    ]
