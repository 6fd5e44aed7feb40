"""Files that the law gives everyone, read one format a module into frozen values."""
