"""The rules of a public service hall, pure: no clock, no input or output, no randomness, no logging, no async."""
