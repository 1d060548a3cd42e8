"""Measurements: this project beside its alternatives, in one run, on the same data. ``make bench`` runs them all."""
