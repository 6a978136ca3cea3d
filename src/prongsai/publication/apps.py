from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "prongsai.publication"
    label = "publication"
