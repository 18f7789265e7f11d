"""The devices of a hall: the lines to them, what stands on the paper, one driver a model.

Importing this package imports nothing else.
"""
