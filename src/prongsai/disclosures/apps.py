from django.apps import AppConfig

from prongsai.organisation import append_only


class DisclosuresConfig(AppConfig):
    name = "prongsai.disclosures"
    label = "disclosures"
    append_only = ("Revision",)

    def ready(self) -> None:
        append_only.keep(self)
