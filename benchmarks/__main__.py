"""Run every benchmark and print its table."""

from benchmarks import single

single.main()
