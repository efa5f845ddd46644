"""Whose act it is: tokens, and the keys that they are checked with. It knows nothing of what is done."""
