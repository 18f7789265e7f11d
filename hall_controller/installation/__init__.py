"""Puts a hall's settings on its machines: Pi files, secrets, certificates, settings of desk devices.

Belongs here: what `hall install` and `hall firmware` do. Never here: anything that a running controller needs.
"""
