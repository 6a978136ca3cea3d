from django.db import migrations, models


class Migration(migrations.Migration):
    """Statements are a kind of their own. Only the choices change."""

    dependencies = [("disclosures", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="disclosure",
            name="kind",
            field=models.CharField(
                choices=[
                    ("information", "ข้อมูลพื้นฐาน"),
                    ("law", "กฎหมาย ระเบียบ ข้อบังคับ"),
                    ("procurement", "จัดซื้อจัดจ้าง"),
                    ("news", "ข่าวประชาสัมพันธ์"),
                    ("service", "บริการประชาชน"),
                    ("form", "แบบฟอร์ม"),
                    ("link", "เว็บลิงก์"),
                    ("knowledge", "คลังความรู้"),
                    ("dataset", "ข้อมูลอื่น ๆ และชุดข้อมูล"),
                    ("statement", "ถ้อยแถลง"),
                ],
                max_length=20,
            ),
        )
    ]
