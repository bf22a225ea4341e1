from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "palkkio.payroll"
    default_auto_field = "django.db.models.BigAutoField"
