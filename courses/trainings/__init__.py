"""Trainings: their pages read into values, what lists and the desk show, and what their forms ask."""
