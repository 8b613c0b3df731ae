"""The command line: arguments in, a library call, rendering out."""
