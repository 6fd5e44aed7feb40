"""Run filiere from a checkout: ``python cli.py solve chain.xlsx``."""

from filiere.__main__ import main

if __name__ == "__main__":
    main()
