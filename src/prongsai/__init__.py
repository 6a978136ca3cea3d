"""Prongsai (โปร่งใส): a disclosure platform for Thai local government."""
