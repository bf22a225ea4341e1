from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "palkkio.reporting"
    default_auto_field = "django.db.models.BigAutoField"
