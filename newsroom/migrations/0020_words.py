from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("newsroom", "0019_keywords"),
    ]

    operations = [
        migrations.AlterField(
            model_name="newsarticle",
            name="published_together",
            field=models.BooleanField(
                default=False,
                help_text="The article is published only when its translation is complete.",
                verbose_name="publish all languages together",
            ),
        ),
    ]
