from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "palkkio.web.ui"
    label = "ui"
