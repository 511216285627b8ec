"""What people do at a career centre: come in and go, share, comment, administer."""
