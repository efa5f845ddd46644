"""What a stack of containers needs before it starts: keys, passwords and tokens, each for its reader alone."""
