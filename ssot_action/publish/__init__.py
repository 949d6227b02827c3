"""What GitHub is told, and what it tells: events in, outputs and summaries out."""
