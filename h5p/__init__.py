"""A Python host for H5P interactive content, usable without this project and, in its core, without Django."""
