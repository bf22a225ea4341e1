from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: its commands."""

    name = "palkkio.config"
    label = "config"
