"""One file per surface, found by being here; tests/pictures/__init__.py says what a file must have."""
