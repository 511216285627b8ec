"""The ways in: gates, routes, sign-in, and the screens for when they are shut."""
