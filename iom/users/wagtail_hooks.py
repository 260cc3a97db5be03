from wagtail import hooks
from wagtail.permissions import register_permission_policy

from iom.users.models import User
from iom.users.policy import policy
from iom.users.viewsets import AssignRole, SetActiveState

register_permission_policy(User, policy)
hooks.register("register_bulk_action", AssignRole, order=10)  # instead of Wagtail's
hooks.register("register_bulk_action", SetActiveState, order=10)
