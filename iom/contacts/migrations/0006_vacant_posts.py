from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0005_names_in_rows")]

    operations = [
        migrations.AddField(
            "office",
            "head_is_vacant",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="The page of the country says that nobody holds the post.",
                verbose_name="vacant",
            ),
        ),
        migrations.AlterField(
            "office",
            "head_name",
            models.CharField(
                blank=True, help_text="Leave empty if no name is to be shown.", max_length=120, verbose_name="name"
            ),
        ),
    ]
