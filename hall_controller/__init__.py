"""Hall Controller: tickets, calls, displays and figures of a public service hall.

Importing this package imports nothing else.
"""
