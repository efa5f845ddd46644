"""What each service writes: its topic, its events, and the values that they are made of."""
