"""The recipes of docs/how-to, each followed in a copy of the tree."""
