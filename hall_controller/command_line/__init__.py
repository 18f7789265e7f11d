"""The commands of `hall`, a file for each, named as people type it.

A file has `cli`, a Typer with the command, or with the commands of a group. It is loaded when its command is called and
not before: the controller is `hall run`, and what only reports or the demo need has no room in its 80 MB. Belongs in a
file: options, one call, what is printed. Never: a decision.
"""
