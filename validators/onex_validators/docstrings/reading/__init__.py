"""A docstring as it is written: its text and bytes, its sections and entries by convention."""
