"""Copies of the journal and bundles for support, made and taken back from the technician's page.

How a copy is made and a journal restored stands in `backup` and `restore`; here is who asks for it and when.
"""
