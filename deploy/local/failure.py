"""The one error of this package: a sentence for whoever typed the command."""


class StackError(Exception):
    """Something that the user can put right; the message says what and how."""
