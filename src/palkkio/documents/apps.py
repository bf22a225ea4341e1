from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "palkkio.documents"
    default_auto_field = "django.db.models.BigAutoField"
