from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "prongsai.discovery"
    label = "discovery"
