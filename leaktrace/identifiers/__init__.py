"""What identifies a person: recognise, normalise, mask."""
