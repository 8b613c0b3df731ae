"""From a seized file to rows of identifiers."""
