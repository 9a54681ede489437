"""Generated courses and people, to measure and try the platform under load. Nothing here is demo content."""
