"""A decider that knows no law, for tests of how tables are read and written: what it answers shows what it was given.

Run as a program it is the command line with this decider, chunks of 500 rows, and a pause after each.
"""

import os
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.schema import versions
from safethird.cases.designator import designated
from safethird.law import sides

WORDS = pa.array(["bar", "exception", "outside", "not_engaged", "undetermined"])


class StandIn:
    """Answers from a few columns; its grounds tell how many relatives a claim has and what they are."""

    def __init__(self, missing=False, claim_id=None, pause=0.0):
        coded = pa.dictionary(pa.int8(), pa.string())
        sets = pa.dictionary(pa.int32(), pa.string())
        names = ["stca", "outcome", "stca_established", "outcome_established"]
        self.pause = pause
        self.schema = pa.schema(
            [("claim_id", claim_id or pa.string()), ("law", coded), *((n, coded) for n in names),
             ("grounds", sets), ("exceptions", sets), *([("missing", pa.uint8())] if missing else [])]
        )  # fmt: skip

    def decide(self, claims):
        time.sleep(self.pause)
        age = pc.fill_null(claims.column("age"), 0).to_numpy()
        coded = pa.DictionaryArray.from_arrays(pa.array((age % 5).astype(np.int8)), WORDS)
        day = pa.array([f"canada@{(d or 0) and d.year}-01-01" for d in claims.column("claim_date").to_pylist()])
        relatives = claims.column("relatives").to_pylist()
        said = ["|".join(sorted(f"{r['relation']} {r['status']}" for r in rs or ())) for rs in relatives]
        sets = pc.fill_null(claims.column("nationality").cast(pa.string()), "?")
        columns = {
            "claim_id": claims.column("claim_id"), "law": day.dictionary_encode().cast(self.schema.field("law").type),
            "grounds": pa.array(said, pa.string()).dictionary_encode(), "exceptions": sets.dictionary_encode(),
            "missing": pa.array((age % 3).astype(np.uint8)),
        }  # fmt: skip
        return pa.record_batch([columns.get(n, coded) for n in self.schema.names], schema=self.schema)

    def hanging(self, claims, result):
        return {"age": claims.column("age").null_count, "entry_date": 1}


Decider = StandIn


def decider(law, side, *, vs=None, positions=(), missing=False):
    return StandIn(missing, pause=float(os.environ.get("STANDIN_PAUSE", 0)))


def laws_of(law, side, vs):
    return [designated(law)] if law else versions(sides.of(side))


if __name__ == "__main__":
    from safethird.batch import sources

    sys.modules["safethird.batch.deciding"] = sys.modules["__main__"]
    sources.CHUNK_ROWS = 500
    from safethird.apps.cli import main

    main()
