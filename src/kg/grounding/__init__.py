"""From the words that people and reports use to terms of the graph."""
