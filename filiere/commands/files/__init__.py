"""Commands about people's workbooks and files."""
