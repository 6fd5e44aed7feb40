"""The parts of a spreadsheet file, read and spliced byte by byte."""
