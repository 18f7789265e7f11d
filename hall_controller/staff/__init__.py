"""The people who work in the hall: who they are, how they prove it, and how long that counts.

Belongs here: roles, PINs and passwords, sessions, guesses, all in a file of their own beside the journal. Never here:
HTTP, and what a role may do (that is `web.access`). Names and secrets stay here; facts hold identifiers.
"""
