"""Faults that others met in tools of this field, each as a test: what was done, and what is expected."""
