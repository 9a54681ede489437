"""Documents as visitors meet them."""
