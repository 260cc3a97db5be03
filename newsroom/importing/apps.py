from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "newsroom.importing"
    label = "newsroom_importing"

    def ready(self) -> None:
        from newsroom.importing import receivers  # noqa: F401  (connects them)
