from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aboutus', '0011_press_contacts'),
    ]

    operations = [
        migrations.AddField(
            model_name='aboutpage',
            name='keywords',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words and questions that people search for and that the page does not use, separated by commas. The search of this site finds the page by them; visitors do not see them.', max_length=1500, verbose_name='keywords'),
        ),
        migrations.AddField(
            model_name='presscontactspage',
            name='keywords',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words and questions that people search for and that the page does not use, separated by commas. The search of this site finds the page by them; visitors do not see them.', max_length=1500, verbose_name='keywords'),
        ),
        migrations.AddField(
            model_name='structurepage',
            name='keywords',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words and questions that people search for and that the page does not use, separated by commas. The search of this site finds the page by them; visitors do not see them.', max_length=1500, verbose_name='keywords'),
        ),
        migrations.AddField(
            model_name='workpage',
            name='keywords',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words and questions that people search for and that the page does not use, separated by commas. The search of this site finds the page by them; visitors do not see them.', max_length=1500, verbose_name='keywords'),
        ),
    ]
