from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from iom import languages
from iom.caching.version import cached_per_version
from iom.contacts.models.office import Office
from iom.links import WebAddressBlock
from iom.names import with_names
from iom.values import CheckedValues


class SocialAccountBlock(StructBlock):
    """An account of the organization on a social network. It is a plain link; nothing is loaded from the network."""

    network = CharBlock(label=_("Network"), max_length=40, help_text=_("Its name, for example LinkedIn."))
    url = WebAddressBlock(label=_("Web address"))
    language = ChoiceBlock(
        choices=languages.choices,
        label=_("Language"),
        required=False,
        help_text=_("Only if the account publishes in one language. Shown to readers of the other languages."),
    )

    class Meta:
        icon = "link-external"
        label = _("Account")


@register_setting(icon="mail")
class ContactSettings(CheckedValues, BaseGenericSetting):
    """The office that answers the press where no other does, and the accounts on social networks."""

    press_office = models.ForeignKey(
        Office,
        verbose_name=_("press office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "Shown instead of a contact who has left, if that office has no email address and no telephone number."
        ),
    )
    social_accounts = StreamField(
        [("account", SocialAccountBlock())],
        verbose_name=_("accounts on social networks"),
        blank=True,
        help_text=_("Shown at the bottom of every page, in this order."),
    )

    class Meta:
        verbose_name = _("site contacts")

    @classmethod
    @cached_per_version
    def current(cls) -> "ContactSettings":
        """Returns the record with its office in one query. `load()` would create a missing one, even for a reader."""
        return cls.objects.select_related(*with_names("press_office")).first() or cls()
