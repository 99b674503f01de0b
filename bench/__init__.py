"""Benchmarks: whole processes against public tools, in the same run; ``python -m bench``."""
