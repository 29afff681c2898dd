"""Run every benchmark and print its table."""

from benchmarks import laws, single
from benchmarks.batch import __main__ as batch

single.main()
laws.main()
batch.main()
