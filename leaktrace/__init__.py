"""leaktrace: where did this list come from, how sure can we be, and on what evidence?"""

__version__ = "0.1.0"
