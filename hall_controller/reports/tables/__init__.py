"""The tables of the report, one file a subject; each asks the period and hands back rows."""
