"""The programme: one named, documented function an equation, one theme a file, written in Pyomo.

``build`` is the table of contents. Read it first.
"""
