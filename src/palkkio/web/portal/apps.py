from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "palkkio.web.portal"
    label = "portal"
