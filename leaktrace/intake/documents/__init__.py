"""Forms of documents in which lists stand: one module for each form."""
