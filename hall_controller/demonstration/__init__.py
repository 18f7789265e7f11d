"""The demo: the real parts of a hall as processes of their own, and people who come, call and rate.

Nothing here is used by a hall that is open to the public.
"""
