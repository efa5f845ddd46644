"""The entry: how a line of a log looks, in a journal, on a topic and under the chain."""
