from django.db import migrations, models


class Migration(migrations.Migration):
    """Only the list of choices: no column changes."""

    dependencies = [("approval", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[
                    ("under_way", "อยู่ระหว่างพิจารณา"),
                    ("approved", "อนุมัติแล้ว"),
                    ("remanded", "ส่งกลับแก้ไข"),
                    ("recalled", "ผู้เสนอขอคืน"),
                    ("published", "เผยแพร่แล้ว"),
                    ("refused", "ประตูเผยแพร่ไม่รับ"),
                    ("stopped", "หยุดไว้ก่อนเผยแพร่"),
                ],
                default="under_way",
                max_length=20,
            ),
        ),
    ]
