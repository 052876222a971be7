"""`python -m legation` is `legation`."""

from legation.views.cli import main

if __name__ == "__main__":
    main()
