"""The pages of the law, its cases, and the proof that every rule is noticed by a test of its own."""
