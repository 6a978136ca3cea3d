from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approval", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="chainversion",
            name="name_en",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
