"""Activities that exist and that nothing protects: no figure of this year says that they run."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.chain.chain import Chain, Process


def unprotected(chain: Chain) -> Iterator[Process]:
    """Yield activities that exist, whose figure is blank, and that no typed figure implies.

    What takes nothing in and puts nothing out, such as rent and wages, cannot be stopped: it is paid whatever happens.
    """
    for process in chain.processes.values():
        if (
            (process.inputs or process.outputs)
            and process.today is None
            and not process.serves
            and not (process.candidate or process.opened)
            and not _implied(chain, process)
        ):
            yield process


def _implied(chain: Chain, process: Process) -> bool:
    """Whether a typed figure says that an activity runs: of what it puts out, or of what it alone takes in; or
    whether deliveries of today, or a stock, take what it lends.
    """
    own = process.actor
    made = [p for p, a in process.outputs.items() if a > process.inputs.get(p, 0.0)]
    for link in chain.links:
        if link.today and (
            (link.from_ == own and link.product in made) or (link.to == own and link.product in process.inputs)
        ):
            return True
    uses = (link.uses for link in chain.links if link.uses and link.today)
    lent = any(use.carrier == own and use.product in made for use in uses)
    kept = any(s.uses and s.uses.carrier == own and s.uses.product in made for s in chain.storages.values())
    inside = (other for other in chain.processes.values() if other.actor == own and other is not process)
    return lent or kept or any(other.today and (set(made) & set(other.inputs)) for other in inside)
