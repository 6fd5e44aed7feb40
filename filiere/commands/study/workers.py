"""Who works out the plans of a study that asks for many: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from filiere.commands.common import Command, Console
from filiere.commands.language import asked_language
from filiere.language import Label

_ADDRESS = Label("ADDRESS", "ADRESSE").to(asked_language())
_CLUSTER = Label(
    "Address of a Dask cluster that does the work, such as tcp://10.0.0.5:8786.",
    "Adresse d'une grappe de calcul Dask qui fait le travail, par exemple tcp://10.0.0.5:8786.",
)
INTERRUPTED = Label("Interrupted: what was finished by then is kept.", "Interrompu : ce qui était fini est conservé.")
_REFUSED = {
    "missing": Label(
        "A Dask cluster needs one more library: pip install \"filiere[cluster]\".",
        "Une grappe de calcul Dask demande une bibliothèque de plus : pip install \"filiere[cluster]\".",
    ),
    "unreachable": Label(
        "No Dask cluster answers at {address}. Check the address, or leave --cluster out.",
        "Aucune grappe de calcul Dask ne répond à l'adresse {address}. Vérifiez l'adresse, ou enlevez --cluster.",
    ),
    "idle": Label(
        "The Dask cluster at {address} has no worker. Start one, or leave --cluster out.",
        "La grappe de calcul Dask {address} n'a aucune machine au travail. Démarrez-en une, ou enlevez --cluster.",
    ),
}  # fmt: skip


def workers(command: Command) -> Command:
    """Add the option that has a cluster, the ``scheduler``, work out the plans of a study."""
    option = click.option("--cluster", "--scheduler", "scheduler", metavar=_ADDRESS, help=_CLUSTER.to(asked_language()))
    return option(command)


@contextmanager
def at_work(console: Console) -> Iterator[None]:
    """Refuse in words a cluster that cannot be used, as what was asked for on the command line."""
    from filiere.analysis.spread import ClusterError

    try:
        yield
    except ClusterError as error:
        text = _REFUSED[error.reason].fill(address=error.address)
        raise click.UsageError(text.to(console.language)) from error
