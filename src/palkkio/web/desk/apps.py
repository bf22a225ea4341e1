from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "palkkio.web.desk"
    label = "desk"
