"""The voice of a hall: calls as sentences of clips, spoken one after another."""
