"""The group of the translators into a language, created with the language."""

from typing import Any

from babel import Locale as Cldr
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import GroupPagePermission, Locale, Page

from iom.navigation.translation_tree import HOME_DEPTH
from iom.translation.models import LanguageRule


def translators_into(locale: Locale) -> Group:
    """The group, created with its LanguageRule for a new language. At first it may only enter the admin."""
    rule, _created = LanguageRule.objects.get_or_create(locale=locale)
    if rule.translators is None:
        language = Cldr.parse(locale.language_code, sep="-").get_display_name("en")
        group, _created = Group.objects.get_or_create(name=f"Translators into {language}")
        group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
        rule.translators = group
        rule.save()
    return rule.translators


@receiver(post_save, sender=Locale)
def add_translators_group(instance: Locale, created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        translators_into(instance)


@receiver(post_save)
def grant_translators_permissions(sender: Any, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    if not created or raw or not isinstance(instance, Page) or instance.depth != HOME_DEPTH:
        return
    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.get_or_create(
            group=translators_into(instance.locale),
            page_id=instance.pk,
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailcore"),
        )
