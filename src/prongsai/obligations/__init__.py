"""What the law obliges a municipality to publish, as data files with source and confidence.

In: `data/*.toml`. Out: frozen obligations with stable keys. Asked by disclosures, portal and monitoring.
"""
