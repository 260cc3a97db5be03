from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0010_lead_story_of_any_type'),
    ]

    operations = [
        migrations.AddField(
            model_name='homepage',
            name='keywords',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words and questions that people search for and that the page does not use, separated by commas. The search of this site finds the page by them; visitors do not see them.', max_length=1500, verbose_name='keywords'),
        ),
    ]
