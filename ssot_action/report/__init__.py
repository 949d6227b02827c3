"""What a run found, in one model, and the texts that render it."""
