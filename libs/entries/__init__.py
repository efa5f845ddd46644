"""What stands on record: the entry, as a line of a log, in a journal, on a topic and under the chain; and states."""
