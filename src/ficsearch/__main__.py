"""``python -m ficsearch`` is the command ``ficsearch``."""

from ficsearch.cli import main

if __name__ == "__main__":
    main(prog_name="ficsearch")
