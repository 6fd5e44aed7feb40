"""``python -m filiere``: the command line where no program of that name may be started."""

from filiere.commands import main

main()
