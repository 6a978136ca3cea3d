from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "prongsai.notices"
    label = "notices"
