"""What is counted while the facts of one day go by."""
