"""``python -m leaktrace``."""

from leaktrace.cli.main import main

if __name__ == "__main__":
    main()
