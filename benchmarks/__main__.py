"""Run every benchmark and print its table."""

from benchmarks import laws, single

single.main()
laws.main()
