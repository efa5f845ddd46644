"""From inputs to entries in the journal, one transaction a batch."""
