"""The page: one file that holds its own data, styles and charts."""
