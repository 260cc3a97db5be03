from django.template import Context, Library

from iom.users.sign_in import second_factor

register = Library()


@register.simple_tag(takes_context=True)
def needs_second_factor(context: Context) -> bool:
    """Whether the user has to set up a second factor, or to give it, before the admin opens."""
    request = context["request"]
    return second_factor.is_required(request.user) and not second_factor.is_given(request)
