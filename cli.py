"""Run filiere from a checkout: ``python cli.py solve chain.xlsx``."""

from filiere.commands import main

if __name__ == "__main__":
    main()
