"""Django settings of the service; what a deployment changes is read from its environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from muster_web.config import environment

DATA = environment.data_folder()
HERE = Path(__file__).resolve().parent
DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")
HTTPS = environment.flag("HTTPS")
SECRET_KEY = environment.secret_key(DATA)
FILE_KEYS = environment.file_keys(DATA)
ALLOWED_HOSTS = environment.listed("HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = environment.text("SITE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = environment.listed("ORIGINS")

INSTALLED_APPS = [
    "muster_web.design",  # ours come first, so that our templates stand for those of the packages
    "muster_web.audit",
    "muster_web.accounts",
    "muster_web.machines",
    "muster_web.proposals",
    "muster_web.returns",
    "muster_web.transfers",
    "muster_web.schools",
    "muster_web.performance",
    "muster_web.planning",
    "muster_web.privacy",
    "muster_web.provider",
    "muster_web.authority",
    "muster_web.collector",
    "muster_web.school_file",
    "muster_web.plans",
    "muster_web.planner",
    "muster_web.people",
    "muster_web.governance",
    "muster_web.dictionary",
    "muster_web.api",
    "muster_web.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "muster_web.accounts.middleware.ViewerMiddleware",
    "muster_web.accounts.middleware.DenyByDefaultMiddleware",
    "muster_web.audit.middleware.ReadsMiddleware",
    "muster_web.operations.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "muster_web.config.urls"
WSGI_APPLICATION = "muster_web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "muster_web.accounts.context.viewer",
            ],
        },
    }
]

DATABASES = {"default": environment.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": environment.storage(DATA),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "checking", "mail"]}}

# -- signing in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "muster_web.accounts.passwords.NotEasilyGuessed"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "muster_web.accounts.adapters.InvitedOnly"
SOCIALACCOUNT_ADAPTER = "muster_web.accounts.adapters.KnownPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation link proves the address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # every other device is signed out, this one stays
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}  # each account is throttled by axes, over all processes
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "Muster"
SECOND_FACTOR_ROLES = environment.second_factor_roles()
IDENTITY_PROVIDER = environment.identity_provider()
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [IDENTITY_PROVIDER] if IDENTITY_PROVIDER else []}
}
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "muster_web.accounts.throttling.address_of"
AXES_LOCKOUT_CALLABLE = "muster_web.accounts.throttling.locked_out"

SESSION_COOKIE_AGE = 20 * 60  # idle time; work is saved as it is typed
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ABSOLUTE_AGE = timedelta(hours=12)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# -- headers -------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The answer to the form leads on to the identity provider, which the policy has to know.
        "form-action": [
            SELF,
            *([environment.origin(environment.text("OIDC_URL"))] if IDENTITY_PROVIDER else []),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# -- files, mail, time ---------------------------------------------------------------------------------
UPLOAD_LIMIT = environment.whole("UPLOAD_MEGABYTES", 200) << 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
WEBHOOKS_TO_LOOPBACK = DEMO  # else notices go to https addresses outside private networks alone
API_REQUESTS_A_MINUTE = environment.whole("API_REQUESTS_A_MINUTE", 600)  # of one client, for each web process
PASTED_LIMIT = DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # text typed or pasted into a page; files do not count
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
RETENTION_BY_CLOCK = environment.flag(
    "RETENTION_BY_CLOCK"
)  # else somebody presses the button after the preview
LEARNING_RECORDS = environment.text(
    "LEARNING_RECORDS", "simulator" if DEMO else ""
)  # 'simulator', or nothing: batches for learner numbers are carried by hand
CLAMD = environment.text("CLAMD")  # host:port; every upload is scanned and refused where that is impossible
EMAIL_HOST = environment.text("SMTP_HOST")
EMAIL_PORT = environment.whole("SMTP_PORT", 25)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "muster@localhost")
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django.request": {"level": "ERROR"}
    },  # who was refused at the door is no fault of the service
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
