"""What run.py does before any dependency is there: standard library only, Python 3.7 syntax."""
