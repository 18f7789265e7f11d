"""The hall's settings while it runs: every version kept, checked, tried, and taken back when the hall does not start.

What a setting may be is said in `settings`; nothing here knows what one means.
"""
