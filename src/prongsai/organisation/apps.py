from django.apps import AppConfig

from prongsai.organisation.append_only import keep


class OrganisationConfig(AppConfig):
    name = "prongsai.organisation"
    label = "organisation"
    append_only = ("Act",)

    def ready(self) -> None:
        keep(self)
