"""All settings: the only reader of the environment.

Secure by default: production needs only SECRET_KEY, ALLOWED_HOSTS and BASE_URL. Every variable is listed in
docs/settings.md (a test compares). A missing or malformed value stops the start with its name.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env, validate

env = Env()


def program(path: str) -> None:
    """Refuse what is no file; an empty value is nothing."""
    if path and not Path(path).is_file():
        raise validate.ValidationError(f"{path} is no program.")


PROJECT_DIR = Path(__file__).resolve().parent
BASE_DIR = PROJECT_DIR.parent

# --- Where and how this installation runs -----------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
BASE_URL = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
HTTPS = env.bool("HTTPS", True)
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")

# --- Apps -------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "elearning.cms",
    "elearning.institutions",
    "elearning.accounts",
    "elearning.notifications",
    "elearning.records",
    "elearning.reporting",
    "courses",
    "library",
    "media",
    "h5p.django",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "elearning.cms.middleware.RefusalPagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "elearning.cms.middleware.AdminFramesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "elearning.accounts.middleware.StaffSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "elearning.urls"
WSGI_APPLICATION = "elearning.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "elearning.cms.context_processors.site",
            ],
            "libraries": {"static": "elearning.cms.static_tags"},
            "builtins": ["elearning.cms.url_tags"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database, cache, background work ---------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    # IMMEDIATE takes the write lock at the start, so that parallel writers wait instead of failing with "locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000;"
    ),
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: rate limits count in it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What the worker does by the clock: management commands that are safe to repeat.
EVERY_MINUTE = ["publish_scheduled", "end_attempts", "announce_versions", "settle_registrations", "training_notices"]
EVERY_NIGHT = [
    "recompute",
    "credit_trainings",
    "caption_deadlines",
    "finish_films",
    "document_reviews",
    "forget_unconfirmed",
    "forget_unconfirmed_registrations",
]

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski")]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True

# --- Files ------------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
ASSETS_DIR = BASE_DIR / "var" / "assets"  # browser assets fetched by run.py, the same for every VAR_DIR
STATICFILES_DIRS = [PROJECT_DIR / "static", *([("vendor", ASSETS_DIR)] if ASSETS_DIR.is_dir() else [])]
MEDIA_URL = "/pliki/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Certificates and other records: never served by address, only through a view that checks the right.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "elearning.cms.static_files.StaticFiles"
    },
}
FILM_MAX_MB = env.int("FILM_MAX_MB", 2048)
# Who sends protected files: the application, or the server in front of it, told by X-Accel-Redirect.
FILE_DELIVERY = env.str("FILE_DELIVERY", "app", validate=validate.OneOf(["app", "x-accel"]))
FILE_DELIVERY_PREFIX = env.str("FILE_DELIVERY_PREFIX", "/chronione/")
# LibreOffice's program, for PDF of Word files with marks. Empty: such files are filled in as DOCX only.
LIBREOFFICE = env.str("LIBREOFFICE", "", validate=program)
# Files of H5P packages are served by the host's views alone, each with the headers that keep it in its frame.
H5P_STORAGE = "private"
# A hub of content types, such as the one of the H5P Group. Empty: nothing is offered and nothing is contacted.
H5P_HUB_URL = env.str("H5P_HUB_URL", "")
H5P_MAX_PACKAGE_MB = env.int("H5P_MAX_PACKAGE_MB", 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # Wagtail's page editor sends many

# --- Accounts ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "panel"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "elearning.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "elearning.accounts.adapter.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "add_email": "elearning.accounts.forms.ChangeAddressForm",
    "change_email": "elearning.accounts.forms.CorrectAddressForm",
    "change_password": "elearning.accounts.forms.ChangePasswordForm",
    "confirm_email_verification_code": "elearning.accounts.forms.ConfirmAddressForm",
    "confirm_login_code": "elearning.accounts.forms.ConfirmLoginForm",
    "confirm_password_reset_code": "elearning.accounts.forms.ConfirmResetForm",
    "login": "elearning.accounts.forms.LoginForm",
    "reauthenticate": "elearning.accounts.forms.ReauthenticateForm",
    "request_login_code": "elearning.accounts.forms.RequestCodeForm",
    "reset_password": "elearning.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "elearning.accounts.forms.NewPasswordForm",
    "set_password": "elearning.accounts.forms.SetPasswordForm",
    "signup": "elearning.accounts.forms.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "elearning.accounts.second_factor.ActivateAppForm",
    "add_webauthn": "elearning.accounts.second_factor.AddKeyForm",
    "authenticate": "elearning.accounts.second_factor.AuthenticateForm",
    "edit_webauthn": "elearning.accounts.second_factor.RenameKeyForm",
    "reauthenticate": "elearning.accounts.second_factor.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Codes are typed, never clicked: some mail programs open every link by themselves.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds, as for the other codes
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A code of six digits survives guessing only if few codes can be asked for: 6 an hour with 5 tries each.
ACCOUNT_RATE_LIMITS = {
    "confirm_email": "10/h/key",
    "request_login_code": "20/m/ip,6/h/key",
    "reset_password": "20/m/ip,6/h/key",
}
ACCOUNT_CHANGE_EMAIL = True  # one address a person
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Modele Kooperacji"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Editors and administrators need a second factor before they reach the admin.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", True)
# Versions of the texts that a person accepts at sign-up; change one together with its page.
TERMS_VERSION = "2026-11"
PRIVACY_VERSION = "2026-11"

# --- Mail: written to the outbox in the same transaction, sent by the worker ------------------------------------------
# Shows the sent messages on the site, for demonstrations without a mail server. Never with real people.
DEMO_MAILBOX = env.bool("DEMO_MAILBOX", False)
EMAIL = env.dj_email_url("EMAIL_URL", "dummy://" if DEMO_MAILBOX else "smtp://localhost:25")
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
# Whoever sends mail through Django, Wagtail and allauth included, writes to the outbox; the worker delivers.
OUTBOX_EMAIL_BACKEND = "elearning.notifications.backend.OutboxBackend"
DELIVERY_EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_BACKEND = OUTBOX_EMAIL_BACKEND
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Modele Kooperacji <platforma@localhost>")

# --- Wagtail ----------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Modele Kooperacji"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no third-party requests
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # with one zone there is nothing to choose
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "ods", "odp", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []  # no third-party embeds

# --- Security ---------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "elearning.cms.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in frames of its own
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin is built on inline scripts; the rest of the site has none.
    "EXCLUDE_URL_PREFIXES": ("/redakcja/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# --- Logs: to standard output, without personal data ------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

# X_FRAME_OPTIONS may not be DENY: Wagtail shows previews in frames of its own.
SILENCED_SYSTEM_CHECKS = ["security.W019", "templates.W003"]
