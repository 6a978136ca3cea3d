from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """How often the site answered, told by day; no projection, so `prongsai rebuild` leaves it alone."""

    dependencies = [("record", "0004_say_instead_of_content")]

    operations = [
        migrations.CreateModel(
            name="UptimeDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on_date", models.DateField(unique=True)),
                ("checks", models.PositiveIntegerField()),
                ("well", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("on_date",),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("checks__gt", 0), ("well__lte", F("checks"))),
                        name="day_was_watched_and_is_no_better_than_that",
                    )
                ],
            },
        )
    ]
