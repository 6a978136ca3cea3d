from django.db import migrations, models


class Migration(migrations.Migration):
    """A projection: `prongsai rebuild` fills it from the entries."""

    dependencies = [("record", "0003_observations")]

    operations = [
        migrations.CreateModel(
            name="Said",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("none_this_period", "ช่วงเวลานี้ไม่มี"),
                            ("not_applicable", "ไม่เกี่ยวข้องกับเทศบาล"),
                            ("reviewed_no_change", "ตรวจทานแล้ว ไม่มีการเปลี่ยนแปลง"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "obligation_key",
                    models.CharField(blank=True, db_index=True, default="", max_length=80),
                ),
                ("fiscal_year", models.PositiveIntegerField(null=True)),
                ("period", models.CharField(blank=True, default="", max_length=200)),
                ("first_date", models.DateField(null=True)),
                ("last_date", models.DateField(null=True)),
                (
                    "about_number",
                    models.CharField(blank=True, db_index=True, default="", max_length=20),
                ),
                ("about_version", models.PositiveIntegerField(null=True)),
                ("review_date", models.DateField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "said",
                "ordering": ("-at", "-number", "position"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("number", "obligation_key"), name="statement_speaks_once_of_a_duty"
                    )
                ],
            },
        )
    ]
