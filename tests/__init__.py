"""Tests mirror the packages; start with test_a_day_in_the_hall.py.

Belongs here: real parts on loopback and free ports, stopped by whoever started them. Never here: a mock, a
sleep where an event can be awaited, or an outside address.
"""
