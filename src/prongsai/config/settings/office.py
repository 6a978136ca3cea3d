"""The staff's side: writes the office's database, reads the record, and cannot append to it."""

import os
from urllib.parse import urlsplit

from prongsai.config.databases import databases
from prongsai.config.environment import networks, one_of, whole_number
from prongsai.config.folders import INCOMING, REPOSITORY, TRAIL, secret
from prongsai.config.provider import identity_provider
from prongsai.config.settings.base import *  # noqa: F403 -- settings are read by name
from prongsai.config.settings.base import MUNICIPALITY, OFFICE_URL, templates

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_filters",
    "django_prose_editor",
    "prongsai.organisation",
    "prongsai.obligations",
    "prongsai.files",
    "prongsai.record",
    "prongsai.discovery",
    "prongsai.disclosures",
    "prongsai.intake",
    "prongsai.screening",
    "prongsai.approval",
    "prongsai.publication",
    "prongsai.notices",
    "prongsai.monitoring",
    "prongsai.office",
]
# Signs sessions; the portal, which signs nothing, never reads it.
SECRET_KEY = secret("django")
# Only the worker appends: a forgotten view, a shell or an admin action here meets a read-only database.
DATABASES = databases(read_only=("record",))
ROOT_URLCONF = "prongsai.config.urls.office"
WSGI_APPLICATION = "prongsai.config.wsgi_office.application"
MIDDLEWARE = [
    "prongsai.office.middleware.few_at_once",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "prongsai.office.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "prongsai.office.middleware.reading_apart",
    "prongsai.office.middleware.RequireSecondFactor",
    "prongsai.office.middleware.device_remembered",
    "prongsai.office.middleware.UnreadableFilesTold",
    # Last, as axes asks: it replaces the answer to whoever has just been locked out.
    "axes.middleware.AxesMiddleware",
]
# The preview shows the portal's own templates; it takes them by name, never by import.
TEMPLATES = templates(
    "django.template.context_processors.debug",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "prongsai.office.context.desk",
)
TEMPLATES[0]["DIRS"] = [
    REPOSITORY / "src/prongsai/office/templates",  # before allauth's own
    REPOSITORY / "src/prongsai/portal/templates",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "prongsai.office.passwords.UnlikeTheirName"},
    {"NAME": "prongsai.office.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "prongsai.office.passwords.GuessablePassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/office/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "prongsai.office.accounts.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# In the memory of the office's one process. `counts` is what the navigation says of somebody's inbox.
CACHES = {
    # Who tried to come in how often. Of three hundred entries, Django's own limit, a flood leaves none.
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "counts": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counts",
        "TIMEOUT": 10,
    },
}
# `office/knocking` counts instead: allauth by name or by address alone, and anybody could lock a colleague out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_RATE_LIMITS = {"webauthn_login": None}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
INVITATION_DAYS = 7
# With whom staff may sign in beside their password; nobody unless it is set.
IDENTITY_PROVIDER = identity_provider()
# Knows an account at the provider again, without keeping what the provider calls it.
IDENTITIES_KEY = secret("identities")
SOCIALACCOUNT_ADAPTER = "prongsai.office.accounts.NobodyByProvider"
# Seconds within which the provider must have answered; people wait for it.
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "prongsai.office.factors.StaffFactors"
MFA_FORMS = {
    "authenticate": "prongsai.office.factors.CodeForm",
    "reauthenticate": "prongsai.office.factors.CodeAgainForm",
    "add_webauthn": "prongsai.office.factors.PasskeyForm",
    "authenticate_webauthn": "prongsai.office.factors.PasskeyAfterPasswordForm",
    "login_webauthn": "prongsai.office.factors.PasskeyAloneForm",
    "reauthenticate_webauthn": "prongsai.office.factors.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Prongsai"
MFA_TOTP_TOLERANCE = 1  # phones' clocks drift
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 6
# 15 minutes, and twice as long with each time that a door was shut within a day. Each wrong attempt keeps its own end:
# else the next sign-in of anybody would clear away those that stand for longer.
AXES_COOLOFF_TIME = "prongsai.office.lockout.cool_off"
AXES_USE_ATTEMPT_EXPIRATION = True
# Somebody who knocks at a shut door does not make it stay shut for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Its handler for caches would count in each process apart.
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
# Both: by name alone anybody could lock a colleague out, by address alone one person a whole office.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_WHITELIST_CALLABLE = "prongsai.office.knocking.is_known_and_calm"
# Sign-ins stand in the trail, whose days are settled; its own table keeps them for ever.
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "prongsai.office.addresses.counted_address"
AXES_USERNAME_CALLABLE = "prongsai.office.accounts.typed_name"
AXES_LOCKOUT_CALLABLE = "prongsai.office.views.errors.locked_out"

# The portal runs on the same host at another port; cookies know no ports, so names must differ.
SESSION_COOKIE_NAME = "prongsai_office_session"
CSRF_COOKIE_NAME = "prongsai_office_csrf"
LANGUAGE_COOKIE_NAME = "prongsai_office_language"
DEVICE_COOKIE_NAME = "prongsai_office_device"
DEVICE_COOKIE_AGE = 60 * 60 * 24 * 365
SESSION_COOKIE_HTTPONLY = True
# Strict would greet everybody who follows a link from a mail as signed out.
SESSION_COOKIE_SAMESITE = "Lax"
# One working day: no session is still open the next morning.
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OFFICE_URL.startswith("https:")
CSRF_COOKIE_HTTPONLY = True
# Behind a server that ends TLS a form comes in by plain HTTP, and says that it comes from https.
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(OFFICE_URL))]
CSRF_FAILURE_VIEW = "prongsai.office.views.errors.csrf_failure"

# Who may say for whom they ask, and in which header. Of the other header nothing is believed: a proxy that does not
# write it hands on what a client has invented.
TRUSTED_PROXIES = networks("PRONGSAI_TRUSTED_PROXIES")
PROXY_HEADER = one_of("PRONGSAI_PROXY_HEADER", ("x-forwarded-for", "forwarded"), "x-forwarded-for")

MAX_UPLOAD_BYTES = whole_number("PRONGSAI_MAX_UPLOAD_MB", 50) * 1024 * 1024
# Seconds within which a file must have been looked through when it comes in.
EXAMINATION_SECONDS = whole_number("PRONGSAI_EXAMINATION_SECONDS", 20)
# The socket of a ClamAV daemon; empty means that none is asked.
VIRUS_SCANNER = os.environ.get("PRONGSAI_CLAMD_SOCKET", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# Recognises a datum that was decided before, without keeping the datum.
FINDINGS_KEY = secret("findings")
FILE_UPLOAD_PERMISSIONS = 0o600
# The trail of acts once more, outside the database. Computer traffic data are kept for 90 days by law
# (docs/reference/settings.md): more may be asked for, less not.
TRAIL_FOLDER = TRAIL
TRAIL_DAYS = whole_number("PRONGSAI_TRAIL_DAYS", 365, least=90)
TRAIL_SYSLOG = os.environ.get("PRONGSAI_TRAIL_SYSLOG", "")
# Not the machine's own folder for such things: what a killed office leaves there, nobody would take away.
FILE_UPLOAD_TEMP_DIR = str(INCOMING)
# Without a mail server messages are only printed.
EMAIL_HOST = os.environ.get("PRONGSAI_SMTP_HOST", "")
EMAIL_PORT = whole_number("PRONGSAI_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("PRONGSAI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PRONGSAI_SMTP_PASSWORD", "")
_mail_security = one_of("PRONGSAI_SMTP_SECURITY", ("none", "starttls", "tls"), "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_security == "starttls", _mail_security == "tls"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = MUNICIPALITY["email"]
# Whom emergency notices are told beside the site; empty means nobody.
NOTICE_WEBHOOKS = os.environ.get("PRONGSAI_NOTICE_WEBHOOKS", "").split()
NOTICE_EMAILS = os.environ.get("PRONGSAI_NOTICE_EMAILS", "").split()
WEBHOOK_KEY = secret("webhook")
LINE_TOKEN = os.environ.get("PRONGSAI_LINE_TOKEN", "")
LINE_API = os.environ.get("PRONGSAI_LINE_API", "https://api.line.me/v2/bot/message/broadcast")
