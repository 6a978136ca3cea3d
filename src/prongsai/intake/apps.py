from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "prongsai.intake"
    label = "intake"
