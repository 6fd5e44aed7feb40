"""Questions that only a person can settle: asked on a sheet, answered there, applied when gathered again."""
