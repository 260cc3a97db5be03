"""Receivers that set up the roles of a new language: a group of translators, and permissions on its home page."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Count
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page

from iom.editorial.group_names import translators_group_name
from iom.navigation.translation_tree import HOME_DEPTH
from iom.translation.models import LanguageRule

TEXTS = ["change_countrytext", "change_topic"]  # records with a text in each language
GLOSSARY = ["add_concept", "change_concept", "view_concept"]


def translators_into(locale: Locale) -> Group:
    """Returns the group of translators into a language, creating it and the LanguageRule for a new language.

    A new group may enter the admin, choose pictures and documents, translate the texts about countries and topics, and
    edit the glossary.
    """
    rule, _created = LanguageRule.objects.get_or_create(locale=locale)
    if rule.translators is None:
        group, _created = Group.objects.get_or_create(name=translators_group_name(locale.language_code))
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
    """Grants permissions on a new home page: translators into its language may change and publish it, and groups get
    the permissions that they have on all other home pages."""
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
