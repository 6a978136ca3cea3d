from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from prongsai.monitoring.ladder import ladder
from prongsai.organisation import append_only
from prongsai.organisation.rows import BadFile


class MonitoringConfig(AppConfig):
    name = "prongsai.monitoring"
    label = "monitoring"
    append_only = ("Charge", "Uptime", "DataPack", "Adoption", "DutyReminder")

    def ready(self) -> None:
        append_only.keep(self)
        try:
            ladder(settings.REMINDERS_FILE)
        except (BadFile, OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{error}; mend the file or take it away") from error
