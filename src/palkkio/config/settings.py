"""Settings of web, worker and commands, read from the environment.

PALKKIO_PRODUCTION=1   a real installation: SECRET_KEY, DATABASE_URL and PALKKIO_HOSTS are then required
SECRET_KEY             signs sessions and links; SECRET_KEY_FALLBACKS: earlier ones that still hold, comma-separated
PALKKIO_IDENTITY_KEYS  id:key,id:key: seal identity codes and files at rest; the first one seals, all open
DATABASE_URL           postgresql://user:password@host:5432/name; without it the embedded server of demo and tests
PALKKIO_HOSTS          names the site answers to, comma-separated
PALKKIO_TODAY          fixes the day (demo and tests: 2026-06-08); refused in production
PALKKIO_HTTPS          0 when the site is tried without HTTPS; production default 1
PALKKIO_PROXIED        1 when a proxy in front ends HTTPS and sets X-Forwarded-Proto
PALKKIO_SCHEMAS        folder of the official schema files, which are not ours to hand on
PALKKIO_BANKS          how payment files reach the bank: JSON, or a file of JSON (docs/guides/bank-and-ledger.md)
PALKKIO_INCOMES_REGISTER     the way to the incomes register: JSON, or a file of JSON (docs/guides/incomes-register.md)
PALKKIO_CLAMD          where ClamAV looks at files that are sent in: unix:/run/clamav/clamd.ctl or tcp://host:3310
PALKKIO_TAX_CARDS      where tax cards are asked for: JSON, or a file of JSON (docs/guides/tax-cards.md)
PALKKIO_SUOMIFI_MESSAGES     how letters go by Suomi.fi Messages: JSON, or a file of JSON (docs/guides/letters.md)
PALKKIO_SIGNING        certificates that seal signed contracts: JSON, or a file of JSON (docs/guides/signing.md)
PALKKIO_IDENTITY_PROVIDERS   the list of banks: JSON, or a file of JSON (docs/guides/install.md)
PALKKIO_VAR            folder of gathered static files, mail without a host and the demo's files; default var/ here
PALKKIO_LOG_LEVEL      default INFO in production, WARNING elsewhere
PALKKIO_METRICS_TOKEN  who brings it reads figures of the queue at /metrics/; without it nobody does
PALKKIO_AUDIT_ANCHORS  file to which the head of the audit chain is written each hour; keep it on another machine
PALKKIO_EMAIL_HOST, _PORT, _USER, _PASSWORD, _FROM   outgoing mail; without a host mail is written to files
PALKKIO_S3_BUCKET, _ENDPOINT, _REGION                files in S3-compatible storage instead of the database
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from palkkio.adapters.bank.banks import read_banks
from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.identity.provider import read_providers
from palkkio.adapters.incomes_register.settings import read_register
from palkkio.adapters.malware.clamd import read_scanner
from palkkio.adapters.signing.settings import read_keys
from palkkio.adapters.suomifi_messages.settings import read_services
from palkkio.adapters.tax_cards.settings import read_service
from palkkio.config import embedded, env
from palkkio.config.logs import logging_settings
from palkkio.core.clock import Clock
from palkkio.jobs.noting import note_trouble

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "palkkio"
VAR = Path(os.environ.get("PALKKIO_VAR", ROOT / "var"))

PRODUCTION = env.flag("PALKKIO_PRODUCTION")
HTTPS = env.flag("PALKKIO_HTTPS", default=PRODUCTION)
DEBUG = False
Found = TypeVar("Found")


def required(name: str) -> str:
    """A value that production cannot do without."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(f"Set {name}: a production installation needs it (docs/guides/install.md).")


def configured(name: str, read: Callable[..., Found], **how: bool) -> Found:
    """What a setting says of a service outside, as its adapter reads it."""
    try:
        return read(os.environ.get(name, ""), **how)
    except SettingsError as error:
        raise ImproperlyConfigured(str(error)) from error


# --- Who and where ---------------------------------------------------------------------------------------------------

SECRET_KEY = required("SECRET_KEY") if PRODUCTION else os.environ.get("SECRET_KEY", "demo and tests only " * 3)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
PALKKIO_IDENTITY_KEYS = env.keys("PALKKIO_IDENTITY_KEYS") or {"demo": "ZGVtbyBhbmQgdGVzdHMgb25seSBkZW1vIGFuZCB0ZXM="}
if PRODUCTION:
    required("PALKKIO_IDENTITY_KEYS")
ALLOWED_HOSTS = env.words("PALKKIO_HOSTS") or ([] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"])
if PRODUCTION and not ALLOWED_HOSTS:
    required("PALKKIO_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if PRODUCTION else []

if PRODUCTION and os.environ.get("PALKKIO_TODAY"):
    raise ImproperlyConfigured("PALKKIO_TODAY fixes the day for demo and tests. Remove it in production.")
PALKKIO_CLOCK = Clock(None if PRODUCTION else env.day("PALKKIO_TODAY", default=date(2026, 6, 8)))

PALKKIO_METRICS_TOKEN = os.environ.get("PALKKIO_METRICS_TOKEN", "")

# --- Parts -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "template_partials",
    "django_linear_migrations",
    "procrastinate.contrib.django",
    "csp",
    "palkkio.audit",
    "palkkio.organisations",
    "palkkio.people",
    "palkkio.people.households",
    "palkkio.accounts",
    "palkkio.accounts.invitations",
    "palkkio.documents",
    "palkkio.rates",
    "palkkio.decisions",
    "palkkio.contracts",
    "palkkio.contracts.signing",
    "palkkio.entries",
    "palkkio.payroll",
    "palkkio.payments",
    "palkkio.reporting",
    "palkkio.messages",
    "palkkio.guidance",
    "palkkio.jobs",
    "palkkio.web",
    "palkkio.web.ui",
    "palkkio.web.portal",
    "palkkio.web.desk",
    "palkkio.config",
    "allauth",  # after ours: its templates are replaced by those of the portal
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "palkkio.config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "palkkio.accounts.middleware.ViewerMiddleware",
    "palkkio.web.looks.LooksMiddleware",
    "palkkio.accounts.middleware.SecondFactorMiddleware",
    "palkkio.web.portal.new_device.NewDeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "palkkio.config.urls"
WSGI_APPLICATION = "palkkio.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "palkkio.web.ui.context.layout",
                "palkkio.web.portal.context.frame",
            ],
        },
    }
]

# --- Database and jobs -----------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL") or (required("DATABASE_URL") if PRODUCTION else embedded.demo().url())
DATABASES = {"default": env.database(DATABASE_URL)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",  # counts of tries, the same for all processes
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["palkkio.config.worker"]
PROCRASTINATE_WORKER_DEFAULTS = {"task_middleware": [note_trouble]}
PALKKIO_BANKS = configured("PALKKIO_BANKS", read_banks)
PGHISTORY_APPEND_ONLY = True
PALKKIO_AUDIT_ANCHORS = os.environ.get("PALKKIO_AUDIT_ANCHORS", "")

# --- Languages and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "palkkio_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# --- Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
VENDOR = ROOT / "var" / "vendor"  # filled at set-up from locked npm packages
STATICFILES_DIRS = [("hds", VENDOR / "hds")] if (VENDOR / "hds").exists() else []
PALKKIO_FONTS = VENDOR / "fonts"
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "palkkio.documents.storage.DatabaseStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
if bucket := os.environ.get("PALKKIO_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("PALKKIO_S3_ENDPOINT"),
            "region_name": os.environ.get("PALKKIO_S3_REGION"),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# Nothing personal is spooled to disk, nor are several photographed pages.
FILE_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
PALKKIO_CLAMD = configured("PALKKIO_CLAMD", read_scanner)

# --- Sign-in, sessions, protection -----------------------------------------------------------------------------------

LOGIN_URL = "/sign-in/"
PALKKIO_EID_URL = "/eid/"
PALKKIO_IDENTITY_PROVIDERS = configured("PALKKIO_IDENTITY_PROVIDERS", read_providers, production=PRODUCTION)
PALKKIO_INCOMES_REGISTER = configured("PALKKIO_INCOMES_REGISTER", read_register, production=PRODUCTION)
PALKKIO_TAX_CARDS = configured("PALKKIO_TAX_CARDS", read_service, production=PRODUCTION)
PALKKIO_SUOMIFI_MESSAGES = configured("PALKKIO_SUOMIFI_MESSAGES", read_services, production=PRODUCTION)
PALKKIO_SIGNING = configured("PALKKIO_SIGNING", read_keys, production=PRODUCTION)
PASSWORD_RESET_TIMEOUT = 60 * 60  # a link to a new password
# allauth keeps second factors, passkeys and the list of sessions; registration and strong authentication are ours.
ACCOUNT_ADAPTER = "palkkio.accounts.allauth_adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made only after the code of its e-mail
MFA_ADAPTER = "palkkio.accounts.allauth_adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {"authenticate": "palkkio.accounts.allauth_adapters.SecondFactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Palkkio"
MFA_TOTP_PERIOD = 30  # seconds
MFA_TOTP_TOLERANCE = 1  # periods before and after (RFC 6238 section 5.2)
CSRF_FAILURE_VIEW = "palkkio.web.portal.views.errors.csrf"
SESSION_ENGINE = "palkkio.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = True  # an hour from the last page, not from signing in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-palkkio_session"
    CSRF_COOKIE_NAME = "__Host-palkkio_csrf"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "palkkio.accounts.passwords.RequirementsValidator"},
]

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a browser's preload list is for the owner of the whole domain to join
X_FRAME_OPTIONS = "DENY"
if env.flag("PALKKIO_PROXIED"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Mail and logs ---------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("PALKKIO_EMAIL_FROM", "palkkio@localhost")
if email_host := os.environ.get("PALKKIO_EMAIL_HOST"):
    EMAIL_HOST = email_host
    EMAIL_PORT = int(os.environ.get("PALKKIO_EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("PALKKIO_EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("PALKKIO_EMAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

LOGGING = logging_settings(os.environ.get("PALKKIO_LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"))
