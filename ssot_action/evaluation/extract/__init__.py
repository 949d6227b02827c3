"""From evaluated exports to the facts of a contract."""
