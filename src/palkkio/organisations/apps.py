from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "palkkio.organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from palkkio.organisations import lookups  # noqa: F401  lists of numbers, in all conditions
