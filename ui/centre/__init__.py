"""A centre: sharing, advisors, figures."""
