"""Tables of claims, decided by safethird and by others: ``python -m benchmarks.batch``."""
