from django.apps import AppConfig

from prongsai.organisation import append_only


class ScreeningConfig(AppConfig):
    name = "prongsai.screening"
    label = "screening"
    append_only = ("Screening", "Finding", "FindingDecision")

    def ready(self) -> None:
        append_only.keep(self)
