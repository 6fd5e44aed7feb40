"""From typed rows to the chain: names resolved, units converted, pairs of actors spelled out."""
