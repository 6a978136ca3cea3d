from django.apps import AppConfig

from prongsai.organisation import append_only


class MonitoringConfig(AppConfig):
    name = "prongsai.monitoring"
    label = "monitoring"
    append_only = ("Charge", "Uptime", "DataPack", "Adoption", "DutyReminder")

    def ready(self) -> None:
        append_only.keep(self)
