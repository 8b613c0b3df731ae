"""Lists in the forms that such lists take in the wild, made by people who had not seen the code.

Each set has twenty; what stands in a list is counted while it is written.
"""
