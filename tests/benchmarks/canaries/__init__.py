"""How often a way to plant canaries names exactly the sources that leaked."""
