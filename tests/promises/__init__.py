"""What the law promises, of every life of a consignment: each promise is held against lives that Hypothesis makes."""
