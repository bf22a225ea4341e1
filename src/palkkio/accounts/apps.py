from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "palkkio.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from palkkio.accounts.second_factor import has_been_removed, has_just_been_added

        authenticator_added.connect(has_just_been_added, dispatch_uid="palkkio.accounts")
        authenticator_removed.connect(has_been_removed, dispatch_uid="palkkio.accounts")
