from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "newsroom.emergency"
    label = "newsroom_emergency"
