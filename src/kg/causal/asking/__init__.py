"""Questions in plain words and their answers in sentences, for the command line, Python and the pages."""
