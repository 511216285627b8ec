"""The list of applications, and one of them."""
