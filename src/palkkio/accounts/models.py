from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save()
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A sign-in of the installation: e-mail and password. It belongs to no organisation (SPEC "Who uses it")."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="fi")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"account {self.pk}"


@pghistory.track()
class AccountPerson(models.Model):
    """Which person of which organisation an account is."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="people")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()
    details_confirmed_at = models.DateTimeField(null=True)  # first sign-in: "oikein" / "jotakin on väärin" (ACC-6)


class SignInAttempt(models.Model):
    """One try to sign in, kept for a day, to slow down guessing. Digests only: people type anything as an e-mail."""

    email_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["email_digest", "made_at"], name="sign_in_attempts_by_email"),
            models.Index(fields=["address_digest", "made_at"], name="sign_in_attempts_by_address"),
        ]


class EidLink(models.Model):
    """The strong identity (eID) of an account: of the identity code only a keyed digest, of the bank nothing."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="eid")
    identity_digest = models.CharField(max_length=100, unique=True)
    linked_at = models.DateTimeField()


class MailedCode(models.Model):
    """A six-digit code sent by e-mail: used once, for a while, guessed at a few times. Digests only."""

    purpose = models.CharField(max_length=20)
    email_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="mailed_codes_by_time")]


class KnownDevice(models.Model):
    """A browser that an account has signed in with, known by a cookie: sign-in from another one is told (HELP-4)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    cookie_digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "cookie_digest"], name="an_account_knows_a_device_once")
        ]
