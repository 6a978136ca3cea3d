"""Bundles: several disclosures that are approved and published as one.

Drafts come in by their writers, a set of submissions with one hash over all its members goes out; every post says one
word about all. The gate asks whether the members are still those that were decided.
"""
