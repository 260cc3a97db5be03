"""What a new language gives people to do: a group of translators, and on its home page what they may do elsewhere."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Count
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from iom.editorial.group_names import stored_for
from iom.navigation.translation_tree import HOME_DEPTH
from iom.translation.models import LanguageRule

TEXTS = ["change_countrytext", "change_topic"]  # each text in their language, beside the others
GLOSSARY = ["add_concept", "change_concept", "view_concept"]


def translators_into(locale: Locale) -> Group:
    """The group, created with its LanguageRule for a new language.

    At first it may enter the admin, choose pictures and documents, translate the texts about countries and topics, and
    write the glossary.
    """
    rule, _created = LanguageRule.objects.get_or_create(locale=locale)
    if rule.translators is None:
        group, _created = Group.objects.get_or_create(name=stored_for(locale.language_code))
        group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
        group.permissions.add(*Permission.objects.filter(codename__in=[*TEXTS, *GLOSSARY]))
        files = {"content_type__app_label__in": ["wagtailimages", "wagtaildocs"]}
        for permission in Permission.objects.filter(codename__in=["choose_image", "choose_document"], **files):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
        rule.translators = group
        rule.save()
    return rule.translators


@receiver(post_save, sender=Locale)
def add_translators_group(instance: Locale, created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        translators_into(instance)


@receiver(post_save)
def grant_permissions(sender: Any, instance: Any, created: bool, raw: bool, **kwargs: Any) -> None:
    """On a new home page, translators into its language may change and publish; whoever may do something on all other
    home pages may do so on this one."""
    if not created or raw or not isinstance(instance, Page) or instance.depth != HOME_DEPTH:
        return
    translators, codenames = translators_into(instance.locale), ("change_page", "publish_page")
    permissions = Permission.objects.filter(codename__in=codenames, content_type__app_label="wagtailcore")
    granted = [(translators.pk, permission.pk) for permission in permissions]
    others = Page.objects.filter(depth=HOME_DEPTH).exclude(pk=instance.pk)
    held = GroupPagePermission.objects.filter(page__in=others).values_list("group", "permission")
    granted += held.annotate(pages=Count("page")).filter(pages=others.count()).values_list("group", "permission")
    rows = [GroupPagePermission(group_id=group, page_id=instance.pk, permission_id=pk) for group, pk in granted]
    GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)
