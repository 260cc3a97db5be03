from wagtail import hooks

from iom.translation.glossary.screens import GlossaryViewSet


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    return GlossaryViewSet("glossary", url_prefix="translation/glossary")
