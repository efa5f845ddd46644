"""The index of law, and the proof that every rule in it is noticed by a test of its own."""
