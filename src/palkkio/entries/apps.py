from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "palkkio.entries"
    default_auto_field = "django.db.models.BigAutoField"
