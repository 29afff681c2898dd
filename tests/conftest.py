"""What every test shares: a fixed profile for generated cases."""

import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "safethird",
    deadline=None,
    max_examples=int(os.environ.get("SAFETHIRD_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
settings.load_profile("safethird")

# Releases that this machine's user has added are no part of the tests.
os.environ["SAFETHIRD_DATA"] = tempfile.mkdtemp(prefix="safethird-test-data-")


def absent(what):
    """Skip what this machine has not, except where everything is meant to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} (not skipped, because CI=true)")
    pytest.skip(what)
