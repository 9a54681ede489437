"""Benchmarks: what a request costs, whether parallel writers lose anything, how heavy a first view is."""
