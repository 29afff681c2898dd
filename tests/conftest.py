"""What every test shares: a fixed profile for generated cases."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "safethird",
    deadline=None,
    max_examples=int(os.environ.get("SAFETHIRD_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
settings.load_profile("safethird")
