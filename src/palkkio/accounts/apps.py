from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "palkkio.accounts"
    default_auto_field = "django.db.models.BigAutoField"
