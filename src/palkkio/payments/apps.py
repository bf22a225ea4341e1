from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "palkkio.payments"
    default_auto_field = "django.db.models.BigAutoField"
