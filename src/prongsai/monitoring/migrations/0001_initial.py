import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """How far looking has come, what addresses answered, and who is charged with what."""

    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.SlugField(max_length=40, unique=True)),
                ("seq", models.BigIntegerField(default=-1)),
                ("whole_date", models.DateField(null=True)),
                ("stamp", models.CharField(blank=True, default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.SlugField(max_length=80)),
                ("charged_at", models.DateTimeField()),
                (
                    "charged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.post",
                    ),
                ),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, default="", max_length=20)),
                ("version", models.PositiveIntegerField(default=0)),
                ("place", models.PositiveIntegerField(default=0)),
                ("status", models.PositiveIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "version", "place"), name="place_is_probed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Uptime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("status", models.PositiveIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
            ],
            options={"ordering": ("pk",)},
        ),
    ]
