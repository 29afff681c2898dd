"""The command ``safethird flows``: published figures, forecasts with their record, policy effects, claims checked."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import typer

app = typer.Typer(
    name="flows",
    no_args_is_help=True,
    add_completion=False,
    help="""How many come, where, by which channel; what comes next; what a policy did. Every number with its source.

    safethird flows show claims/border/Quebec        (all series: safethird flows tables --series)

    Figures are those printed by the publishers. Suppressed is not zero, and different counts are never added together.
    """,
)
for _part in ("flows_data", "flows_forecast", "flows_show", "flows_claim"):
    if find_spec(f"safethird.apps.{_part}") is not None:
        import_module(f"safethird.apps.{_part}").register(app)
