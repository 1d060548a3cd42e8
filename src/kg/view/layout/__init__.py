"""The layout of a map in the phases of Sugiyama's method: layering, ordering, coordinates, curves, labels."""
