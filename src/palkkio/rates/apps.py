from django.apps import AppConfig


class RatesConfig(AppConfig):
    name = "palkkio.rates"
    default_auto_field = "django.db.models.BigAutoField"
