"""The likelihood, inference, evidence."""
