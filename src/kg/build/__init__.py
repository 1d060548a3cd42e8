"""From authored Turtle and tables to one built graph.

``read`` (Turtle) and ``tables`` give quads; ``derive`` adds what follows from them (evidence identifiers, certainty,
verdicts, the plain triples); ``store`` keeps the result on disk. Nothing here looks at the clock: two builds of the
same sources are equal byte by byte.
"""
