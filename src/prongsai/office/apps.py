from importlib import import_module

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "prongsai.office"
    label = "office"

    def ready(self) -> None:
        """Connect the receivers that put sign-ins into the trail of acts."""
        import_module("prongsai.office.receivers")
