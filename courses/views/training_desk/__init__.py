"""The organiser’s desk."""
