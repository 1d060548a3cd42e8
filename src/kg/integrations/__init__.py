"""Doors for other programs: the Model Context Protocol."""
