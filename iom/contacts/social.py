from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

from iom import languages
from iom.links import WebAddressBlock


class SocialAccountBlock(StructBlock):
    """An account of the organisation on a social network: a plain link, nothing of the network is loaded."""

    network = CharBlock(label=_("Network"), max_length=40, help_text=_("Its name, for example LinkedIn."))
    url = WebAddressBlock(label=_("Address"))
    language = ChoiceBlock(
        choices=languages.choices,
        label=_("Language"),
        required=False,
        help_text=_("Where it writes in one language only; shown to readers of another."),
    )

    class Meta:
        icon = "link-external"
        label = _("Account")
