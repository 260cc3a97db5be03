from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "newsroom.importing"
    label = "newsroom_importing"

    def ready(self) -> None:
        from newsroom.importing import contacts, forgetting, redirects  # noqa: F401  (they listen)
