"""The settings that configuration files hold: tolerant scanners with positions, not parsers.

A parser refuses what it cannot read whole, and two thirds of the YAML in chart repositories are
templates that no parser reads. A scanner says what it sees: keys, values and where they stand.
"""
