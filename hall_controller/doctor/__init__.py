"""`hall doctor`: looks at a hall's machine, ports, broker and devices, and says for each finding what to do.

    looking (machine, broker, ports, the running controller) -> seen -> checks, pure -> findings -> told

Imports nothing.
"""
