"""`python -m masthead.cli`: the command line, where no script is installed."""

from masthead.cli import main

if __name__ == "__main__":
    main()
