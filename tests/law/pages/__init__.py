"""`docs/law`, written from the rules as they are declared and from cases as the deciders decide them."""
