"""One law as one SQL statement: the same columns as every other reading of a table gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safethird.batch.answers import RESULTS
from safethird.batch.plan import Plan
from safethird.batch.schema import CLAIM_ID, JOIN
from safethird.batch.verdicts import conduct_matters, several
from safethird.law.facts import ADVERSE, declared
from safethird.readings.circuit import Node
from safethird.readings.compiled import CONDUCT
from safethird.readings.decide import OPEN, UNDETERMINED
from safethird.readings.sql import Source, clauses, years_asked


@dataclass(frozen=True)
class Step:
    """One query whose result later ones read as a table of this name."""

    name: str
    select: str


def steps(plan: Plan, claims: str = "claims", relatives: str = "relatives") -> list[Step]:
    """The queries that decide a table of claims with a second table of relatives; the last has the result.

    Days are whole numbers since 1970-01-01, sets of words are joined by ``|``; :func:`years` names the columns of
    anniversaries that the table needs besides. One query would do, but engines plan one of this size badly.
    """
    return _Statement(plan, claims, relatives).steps()


def script(plan: Plan, claims: str = "claims", relatives: str = "relatives") -> str:
    """The same as one text: temporary tables, and the ``SELECT`` of the result at the end."""
    *before, last = steps(plan, claims, relatives)
    made = [f"CREATE TEMPORARY TABLE {step.name} AS\n{step.select};\n" for step in before]
    return "\n".join([*made, f"{last.select};\n"])


def years(plan: Plan) -> list[int]:
    """The numbers of years N for which the table needs a column ``claim_date_back_Ny``."""
    names = [f"{part} {name}" for part in ("settled", "established") for name in RESULTS]
    return years_asked([node for name in (*names, "grounds", "exceptions") for node in plan.nodes(name)])


class _Statement:
    def __init__(self, plan: Plan, claims: str, relatives: str) -> None:
        self.plan = plan
        self.source = Source(claims, relatives, (CLAIM_ID,), (CLAIM_ID,))

    def steps(self) -> list[Step]:
        plan = self.plan
        outputs: dict[str, Node] = {}
        for name, (_, verdict) in plan.results.items():
            outputs |= {f"{name}_{word}": node for word, node in verdict.settled.items()}
            outputs |= {f"{name}_by_{word}": node for word, node in verdict.established.items()}
            outputs[f"{name}_ambiguous"] = verdict.ambiguous
        for role in ("ground", "exception"):
            nodes = plan.nodes(f"{role}s")
            outputs |= {f"{role}_{place}": node for place, node in enumerate(nodes)}
        made = [Step("answers", _with(clauses(outputs, self.source, "first", CONDUCT), self._answers()))]
        return [*made, *(self._doubts() if plan.points else []), Step("result", self._final())]

    def _answers(self) -> str:
        plan = self.plan
        columns = [CLAIM_ID]
        conduct = " OR ".join(f"{name} IS NULL" for name in CONDUCT)
        ambiguous = " OR ".join(f"{name}_ambiguous" for name in RESULTS)
        for name, (_, verdict) in plan.results.items():
            settled = _case({f"{name}_{word}": word for word in verdict.settled})
            shown = _case({f"{name}_by_{word}": word for word in verdict.established})
            columns.append(f"{settled} AS {name}")
            columns.append(f"CASE WHEN {ambiguous} THEN {shown} ELSE {settled} END AS {name}_established")
        for role in ("ground", "exception"):
            labels = getattr(plan.compiled, f"{role}s")
            listed = " || ".join(
                f"CASE WHEN {role}_{place} THEN '{JOIN}{label}' ELSE '' END" for place, label in enumerate(labels)
            )
            columns.append(f"SUBSTR({listed or repr('')}, 2) AS {role}s")
        columns.append(f"CASE WHEN {conduct} THEN 1 ELSE 0 END AS conduct_unknown")
        return f"SELECT {', '.join(columns)} FROM first_out"

    def _doubts(self) -> list[Step]:
        """Rows taken for open, with every way to take positions on the points engaged in them."""
        plan = self.plan
        hangs: dict[str, list[Node]] = {point: [] for point in plan.points}
        for result, _ in plan.results.values():
            for point in plan.points:
                if point in result.hangs:
                    hangs[point].append(plan.unknown(result.hangs[point]))
        circuit = plan.compiled.circuit
        engaged = {f"on_{point}": circuit.any(nodes) for point, nodes in hangs.items() if nodes}
        points = [point for point in plan.points if f"on_{point}" in engaged]
        is_open = " OR ".join(
            [f"{name} = '{OPEN}'" for name in RESULTS]
            + [f"{name}_established = '{OPEN}' AND conduct_unknown = 1" for name in RESULTS]
        )
        claims, relatives = self.source.claims, self.source.relatives
        made = [
            Step("unsure", f"SELECT c.* FROM {claims} c JOIN answers a ON a.{CLAIM_ID} = c.{CLAIM_ID} WHERE {is_open}"),
            Step("unsure_relatives", f"SELECT m.* FROM {relatives} m JOIN unsure u ON u.{CLAIM_ID} = m.{CLAIM_ID}"),
        ]
        unsure = Source("unsure", "unsure_relatives", (CLAIM_ID,), (CLAIM_ID,))
        made.append(Step("engaged", _with(clauses(engaged, unsure, "engaged"), "SELECT * FROM engaged_out")))
        made.append(Step("either_way", "SELECT FALSE AS held UNION ALL SELECT TRUE AS held"))
        tables = ["engaged e", *(f"either_way w{place}" for place in range(len(points)))]
        # A point that is not engaged is left unknown; one that is takes either position.
        taken = [f"CASE WHEN e.on_{p} THEN w{place}.held END AS {p}" for place, p in enumerate(points)]
        fits = " AND ".join(f"(e.on_{p} OR NOT w{place}.held)" for place, p in enumerate(points))
        several_on = " + ".join(f"CASE WHEN e.on_{p} THEN 1 ELSE 0 END" for p in points)
        number = " + ".join(f"CASE WHEN w{place}.held THEN {1 << place} ELSE 0 END" for place in range(len(points)))
        ways = (
            f"SELECT e.{CLAIM_ID} AS {CLAIM_ID}, {number} AS way, {', '.join(taken)} "
            f"FROM {' CROSS JOIN '.join(tables)} WHERE {several_on} > 1 AND {fits}"
        )
        positions = ", ".join(f"w.{point} AS {point}" for point in points)
        joined = f"JOIN ways w ON w.{CLAIM_ID} ="
        made += [
            Step("ways", ways),
            Step("tried", f"SELECT u.*, w.way AS way, {positions} FROM unsure u {joined} u.{CLAIM_ID}"),
            Step("tried_relatives", f"SELECT m.*, w.way AS way FROM unsure_relatives m {joined} m.{CLAIM_ID}"),
        ]
        never = {point: None for point in plan.points if point not in points}
        # The established standing follows a settled practice, whatever position is tried.
        usual = {point: None for point in points if declared[point].unshown != ADVERSE}
        outputs: dict[str, Node] = {}
        for name, (result, _) in plan.results.items():
            outputs[f"{name}_facts"] = circuit.given(never)(several(circuit, result.possible.values()))
            outputs[f"{name}_conduct"] = circuit.given({**never, **usual})(conduct_matters(plan.compiled, result))
        source = Source("tried", "tried_relatives", (CLAIM_ID, "way"), (CLAIM_ID, "way"))
        columns = [f"MAX(CASE WHEN {column} THEN 1 ELSE 0 END) AS {column}" for column in outputs]
        found = f"SELECT {CLAIM_ID}, {', '.join(columns)} FROM again_out GROUP BY {CLAIM_ID}"
        return [*made, Step("found", _with(clauses(outputs, source, "again"), found))]

    def _final(self) -> str:
        last = ["a.grounds AS grounds", "a.exceptions AS exceptions"]
        if not self.plan.points:
            names = [f"a.{n}{end} AS {n}{end}" for end in ("", "_established") for n in RESULTS]
            return f"SELECT a.{CLAIM_ID} AS {CLAIM_ID}, {', '.join([*names, *last])} FROM answers a"
        columns = []
        for end, why, only in (("", "facts", ""), ("_established", "conduct", " AND a.conduct_unknown = 1")):
            for name in RESULTS:
                column = f"a.{name}{end}"
                columns.append(
                    f"CASE WHEN {column} = '{OPEN}' AND COALESCE(f.{name}_{why}, 0) = 1{only} "
                    f"THEN '{UNDETERMINED}' ELSE {column} END AS {name}{end}"
                )
        return (
            f"SELECT a.{CLAIM_ID} AS {CLAIM_ID}, {', '.join([*columns, *last])} "
            f"FROM answers a LEFT JOIN found f ON f.{CLAIM_ID} = a.{CLAIM_ID}"
        )


def _with(made: list[str], select: str) -> str:
    return "WITH " + ",\n".join(made) + "\n" + select


def _case(words: Mapping[str, str]) -> str:
    whens = " ".join(f"WHEN {column} THEN '{word}'" for column, word in words.items())
    return f"CASE {whens} END"
