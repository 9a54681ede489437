"""What areas of the site add to the admin, one module each."""
