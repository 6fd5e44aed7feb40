"""Facts worked out of a chain, once, before any plan: this year, groups, default objectives, language."""
