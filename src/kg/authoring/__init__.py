"""Writing a new record: its block in our Turtle style (``records``), and its place in the right file (``places``)."""
