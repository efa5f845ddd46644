"""What others' tools make of `docs/api`: linters, generators, compilers. They come from the lock files beside this."""
