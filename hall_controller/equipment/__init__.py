"""The equipment of the hall: how each device is, what it is told to do, and which one takes whose place.

    what was heard (roster) -> what follows (verdict) -> alerts, /api/devices, /metrics

Imports nothing.
"""
