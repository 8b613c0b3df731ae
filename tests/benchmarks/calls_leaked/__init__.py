"""A simulated year of a privacy team whose canaries ring, and who is said to have leaked by it."""
