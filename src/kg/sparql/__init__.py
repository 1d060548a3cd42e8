"""Engines behind one call, in this process and remote; the library of queries; results as rows, tables and triples."""
