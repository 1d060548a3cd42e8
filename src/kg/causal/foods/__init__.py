"""Foods: what is in a portion of them, for whom that is much or little, and what a day of them adds up to."""
