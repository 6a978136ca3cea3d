from django.db import migrations, models


class Migration(migrations.Migration):
    """A projection: `prongsai rebuild` fills it from the entries."""

    dependencies = [("record", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Bundling"),
        migrations.CreateModel(
            name="Bundling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("bundle", models.CharField(db_index=True, max_length=36)),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("place", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("bundle", "place"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "version"), name="edition_is_in_one_bundle"
                    )
                ],
            },
        ),
    ]
