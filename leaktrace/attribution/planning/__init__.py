"""What to do next, ranked by the information that it is expected to bring."""
