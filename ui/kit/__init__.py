"""What the pages share: session, notices, names, links."""
