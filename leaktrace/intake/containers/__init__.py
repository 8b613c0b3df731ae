"""Archives, and archives in them, opened one member after the other."""
