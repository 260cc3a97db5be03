"""What the desk tells of itself."""

from django.dispatch import Signal

# A translation is ready before its original is live (`sender`: TranslationState; `state`).
became_ready = Signal()
