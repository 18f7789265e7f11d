"""The report on paper and in files, one file a format; each gets the whole report and knows no figure by name."""
