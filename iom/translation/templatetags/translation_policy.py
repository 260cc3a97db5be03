"""What the policy allows, asked by templates."""

from typing import Any

from django import template

from iom.translation.models import TranslationState
from iom.translation.workflow import policy

register = template.Library()


@register.filter
def may_stop(user: Any, state: TranslationState) -> bool:
    """`request.user|may_stop:state`"""
    return policy.may_stop(user, state)
