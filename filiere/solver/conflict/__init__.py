"""Why a chain has no plan: the smallest clash, the cheapest repair, the loop that feeds on itself."""
