"""The equations, one theme a file; :mod:`filiere.model.build` lists them all."""
