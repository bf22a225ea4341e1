from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "palkkio.messages"
    label = "palkkio_messages"  # django.contrib.messages has the plain label
    default_auto_field = "django.db.models.BigAutoField"
