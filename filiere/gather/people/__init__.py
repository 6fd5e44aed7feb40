"""People among the names of somebody's files: recognised in order to be left out."""
