from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "prongsai.obligations"
    label = "obligations"
