"""Benchmarks of films: merging what was watched."""
