"""What every test shares: a fixed profile for generated cases."""

import os

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


def absent(what):
    """Skip what this machine has not, except where everything is meant to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} (not skipped, because CI=true)")
    pytest.skip(what)
