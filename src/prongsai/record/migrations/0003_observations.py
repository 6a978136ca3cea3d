from django.db import migrations, models


class Migration(migrations.Migration):
    """What monitoring saw of the record; no projection, so `prongsai rebuild` leaves it alone."""

    dependencies = [("record", "0002_bundle_corrections")]

    operations = [
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("obligation_key", models.CharField(max_length=80)),
                ("year", models.PositiveIntegerField()),
                ("result", models.CharField(max_length=20)),
                ("due_date", models.DateField(null=True)),
                ("post_code", models.CharField(blank=True, default="", max_length=60)),
                ("post_th", models.CharField(blank=True, default="", max_length=200)),
                ("post_en", models.CharField(blank=True, default="", max_length=200)),
                ("unit_code", models.CharField(blank=True, default="", max_length=40)),
                ("parts", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(
                        fields=["obligation_key", "year", "-id"], name="observation_newest"
                    ),
                    models.Index(fields=["year", "at"], name="observation_year_at"),
                ],
            },
        )
    ]
