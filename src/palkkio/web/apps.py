from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "palkkio.web"
    label = "web"
