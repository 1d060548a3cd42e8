"""Query workers: forked processes that each hold the dataset and can be stopped at a deadline."""
