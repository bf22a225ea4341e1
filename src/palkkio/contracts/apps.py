from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "palkkio.contracts"
    default_auto_field = "django.db.models.BigAutoField"
