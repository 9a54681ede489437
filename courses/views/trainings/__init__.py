"""What the public and participants see of trainings."""
