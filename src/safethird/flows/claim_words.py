"""The verdict on a claim in sentences, English and French: what holds, under which readings, what is not known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from safethird.flows.chart_effect import also_changed, told
from safethird.flows.citing import LOOSE, unit_word
from safethird.flows.claim_readings import Reading
from safethird.flows.claim_said import BASELINES
from safethird.flows.codebook import Text
from safethird.flows.numerals import bounds, changes, month, months, number
from safethird.readings.words import day as day_in_words

if TYPE_CHECKING:
    from safethird.flows.claim import Checked

ROUNDED = 0.05  # five points: bounds of a change closer than this come from rounding, and the printed figure is shown
VERDICTS = {
    "true": Text("True", "Vrai"),
    "depends on": Text("Depends on", "Cela dépend"),
    "cannot be known": Text("Cannot be known", "Ne peut être établi"),
    "not borne out": Text("Not borne out", "Non confirmé"),
}
ON = {
    "baseline": Text("the baseline", "de la base de comparaison"),
    "window": Text("how many months are taken", "du nombre de mois retenus"),
    "release": Text("the release (then or now)", "de la publication (d’alors ou de maintenant)"),
    "hidden": Text("figures that are hidden or rounded", "des chiffres masqués ou arrondis"),
}
BASES = {
    "same_months": Text("the same months a year before", "les mêmes mois un an avant"),
    "3": Text("the mean of the 3 months before", "la moyenne des 3 mois précédents"),
    "6": Text("the mean of the 6 months before", "la moyenne des 6 mois précédents"),
    "12": Text("the mean of the 12 months before", "la moyenne des 12 mois précédents"),
    "month_before": Text("the month before", "le mois précédent"),
    "peak": Text("the highest month before", "le mois le plus élevé auparavant"),
    "2019": Text("the mean month of 2019", "le mois moyen de 2019"),
    "before": Text("all earlier months", "tous les mois antérieurs"),
    "record": Text("all months, later ones too", "tous les mois, même ultérieurs"),
    "since": Text("the months since the one named", "les mois depuis celui qui est nommé"),
    "across": Text("months before the definition changed", "les mois d’avant le changement de définition"),
    "": Text("the period itself", "la période elle-même"),
}
AGAINST = {
    "same_months": "aux mêmes mois un an avant", "3": "à la moyenne des 3 mois précédents",
    "6": "à la moyenne des 6 mois précédents", "12": "à la moyenne des 12 mois précédents",
    "month_before": "au mois précédent", "peak": "au mois le plus élevé auparavant", "2019": "au mois moyen de 2019",
}  # fmt: skip
WHYS = {
    "unpublished": Text("months not published", "mois non publiés"),
    "missing": Text("months missing", "mois manquants"),
    "masked": Text("definitions that cannot be compared", "définitions non comparables"),
    "definition": Text("a change of definition in between", "un changement de définition entre-temps"),
    "zero": Text("nothing to compare with (zero)", "rien à quoi comparer (zéro)"),
}
BLOCKED = {
    "no_estimate": Text(
        "“Because of” cannot be settled: no effect can be estimated here. {words}",
        "« À cause de » ne peut être établi : aucun effet ne peut être estimé ici. {words}",
    ),
    "ordinary": Text(
        "“Because of” cannot be settled: the change is within what this series does on other days. {told}",
        "« À cause de » ne peut être établi : le changement reste dans l’ordinaire de cette série. {told}",
    ),
    "also_changed": Text(
        "“Because of” cannot be settled: other things changed in the same months ({also}). {told}",
        "« À cause de » ne peut être établi : autre chose a changé pendant les mêmes mois ({also}). {told}",
    ),
    "outside": Text(
        "“Because of” is not borne out to that size: the figure lies outside the interval of the effect. {told}",
        "« À cause de » n’est pas confirmé à ce point : le chiffre est hors de l’intervalle de l’effet. {told}",
    ),
    "": Text(
        "The change is beyond the ordinary and nothing else that is listed changed then. {told}",
        "Le changement sort de l’ordinaire et rien d’autre parmi les événements recensés n’a changé alors. {told}",
    ),
}  # fmt: skip
SAYS = {
    "range": Text("Over {n} readings with figures, the change lies from {low} to {high}.",
                  "Selon {n} lectures chiffrées, le changement va de {low} à {high}."),
    "one": Text("Over the one reading with figures, the change is {low}.",
                "Selon la seule lecture chiffrée, le changement est de {low}."),
    "count": Text("{name}, {period}: {figure} {unit}.", "{name}, {period} : {figure} {unit}."),
    "tolerance": Text("A figure counts as the one claimed from {low} to {high}.",
                      "Un chiffre vaut celui avancé de {low} à {high}."),
    "holds": Text("It holds against {list}.", "C’est exact par rapport {list}."),
    "holds_one": Text("It is as claimed.", "C’est comme avancé."),
    "fails_one": Text("It is not as claimed.", "Ce n’est pas comme avancé."),
    "holds_all": Text("It holds under every one of them.", "C’est exact selon chacune d’elles."),
    "fails": Text("It does not hold against {list}.", "Ce n’est pas exact par rapport {list}."),
    "fails_all": Text("It holds under none of them.", "Ce n’est exact selon aucune d’elles."),
    "beyond": Text("In {n} of the readings the change goes further than claimed.",
                   "Dans {n} des lectures, le changement va plus loin qu’avancé."),
    "open": Text("In {n} of the readings hidden or rounded figures leave it open.",
                 "Dans {n} des lectures, des chiffres masqués ou arrondis laissent la question ouverte."),
    "unknown": Text("Readings without a figure: {n} ({whys}).", "Lectures sans chiffre : {n} ({whys})."),
    "then": Text("As known on {day} (release of {vintage}) the outcome is {same}.",
                 "Selon ce qui était connu le {day} (publication du {vintage}), le résultat est {same}."),
    "then_count": Text("As known on {day} (release of {vintage}): {figure} {unit}.",
                       "Selon ce qui était connu le {day} (publication du {vintage}) : {figure} {unit}."),
    "then_none": Text("As known on {day}: the releases kept from then (newest: {vintage}) do not reach the months asked"
                      " about.",
                      "Selon ce qui était connu le {day} : les publications conservées d’alors (la plus récente :"
                      " {vintage}) n’atteignent pas les mois en question."),
    "same": Text("the same", "le même"),
    "different": Text("different (in {n} of {all} readings)", "différent (dans {n} lectures sur {all})"),
    "highest": Text("None as long ({n}) was higher among: {base}.",
                    "Aucune période aussi longue ({n}) n’a été plus élevée parmi : {base}."),
    "lowest": Text("None as long ({n}) was lower among: {base}.",
                   "Aucune période aussi longue ({n}) n’a été plus basse parmi : {base}."),
    "not_highest": Text("Some as long ({n}) was higher among: {base}.",
                        "Une période aussi longue ({n}) a été plus élevée parmi : {base}."),
    "not_lowest": Text("Some as long ({n}) was lower among: {base}.",
                       "Une période aussi longue ({n}) a été plus basse parmi : {base}."),
    "others": Text("At the same time other counts moved the other way. That does not say that people moved from one to"
                   " the other.",
                   "Au même moment, d’autres comptes ont évolué en sens inverse. Cela ne dit pas que des personnes sont"
                   " passées de l’un à l’autre."),
    "then_missing": Text("As known on {day}: not kept. {words}",
                         "Selon ce qui était connu le {day} : non conservé. {words}"),
    "window": Text("{n} months", "{n} mois"), "window_one": Text("1 month", "1 mois"),
}  # fmt: skip


def headline(found: Checked, lang: str) -> str:
    """The verdict, with what it depends on."""
    word = VERDICTS[found.verdict.code].text(lang)
    if found.verdict.code != "depends on":
        return word
    listed = joined([ON[name].text(lang) for name in found.verdict.on], lang)
    return f"{word} {listed}"


def reasons(found: Checked, lang: str) -> list[str]:
    """Why, in sentences: figures, which readings hold, what is not known, then and now, cause."""
    claim = found.claim
    lines = _figures(found, lang)
    if claim.sort in ("change", "level") and claim.sense == "about" and claim.number is not None:
        edges = (claim.number - found.tolerance, claim.number + found.tolerance)
        if found.tolerance:
            low, high = (_amount(found, edge, edge, lang) for edge in edges)
            lines.append(_say("tolerance", lang, low=low, high=high))
    lines += _which(found, lang)
    if found.then:
        lines.append(_then(found, lang))
    elif found.not_kept and claim.said:
        lines.append(_say("then_missing", lang, day=day_in_words(claim.said, lang), words=found.not_kept))
    if found.cause is not None:
        effect = found.cause.effect
        also = "; ".join(also_changed(effect, lang)) if effect else ""
        lines.append(BLOCKED[found.cause.blocked].text(lang).format(
            words=found.cause.words, told=told(effect, lang) if effect else "", also=also).strip())  # fmt: skip
    if found.others:
        lines.append(_say("others", lang))
    return lines


def window(count: int, lang: str) -> str:
    """So many months, in words."""
    return _say("window_one", lang) if count == 1 else _say("window", lang, n=number(count, lang))


def joined(parts: Iterable[str], lang: str) -> str:
    """A list in a sentence.

    >>> joined(["a", "b", "c"], "en"), joined(["a", "b"], "fr")
    ('a, b and c', 'a et b')
    """
    listed = list(parts)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {'et' if lang == 'fr' else 'and'} {listed[-1]}"


def cell(found: Checked, reading: Reading, lang: str) -> str:
    """A reading's figure: its change or count as printed, or the bounds; a dash where there is none."""
    if reading.outcome == "unknown":
        return "–"
    return _amount(found, *_ends(found, reading), lang)


def _figures(found: Checked, lang: str) -> list[str]:
    known = [r for r in found.now if r.outcome != "unknown"]
    if found.claim.sort in ("level", "highest", "lowest"):
        return [
            _say("count", lang, name=found.series.title.text(lang), period=months(r.first, r.last, lang),
                 figure=cell(found, r, lang), unit=unit_word(found.series.unit, lang))
            for r in known[:1]
        ]  # fmt: skip
    if not known:
        return []
    ends = [_ends(found, r) for r in known]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    said = {"n": number(len(known), lang), "low": changes(low, low, lang), "high": changes(high, high, lang)}
    return [_say("one" if said["low"] == said["high"] and len(known) == 1 else "range", lang, **said)]


def _ends(found: Checked, reading: Reading) -> tuple[float, float]:
    """The figure to show, twice; or its bounds, where they are further apart than rounding alone puts them."""
    loose = LOOSE * reading.months if found.claim.sort in ("level", "highest", "lowest") else ROUNDED
    if math.isnan(reading.value) or reading.high - reading.low > loose:
        return reading.low, reading.high
    return reading.value, reading.value


def _which(found: Checked, lang: str) -> list[str]:
    """Which readings hold and which do not, gathered by baseline; then the open and the unknown ones."""
    now, lines = found.now, []
    ranked = found.claim.sort in ("highest", "lowest")
    held, failed = ([r for r in now if r.outcome == outcome] for outcome in ("holds", "fails"))
    if ranked:
        for key, some in ((found.claim.sort, held), (f"not_{found.claim.sort}", failed)):
            if some:
                bases = joined([_since(r, lang) for r in some], lang)
                lines.append(_say(key, lang, n=window(some[0].months, lang), base=bases))
    elif found.claim.sort != "level":
        for key, some, rest in (("holds", held, failed), ("fails", failed, held)):
            if some and rest:
                lines.append(_say(key, lang, list=_grouped(some, now, lang)))
            elif some:
                lines.append(_say(f"{key}_one" if len(some) == 1 else f"{key}_all", lang))
    beyond = [r for r in failed if r.beyond]
    if beyond and found.claim.sort == "change":
        lines.append(_say("beyond", lang, n=number(len(beyond), lang)))
    if left := [r for r in now if r.outcome == "open"]:
        lines.append(_say("open", lang, n=number(len(left), lang)))
    unknown = [r for r in now if r.outcome == "unknown"]
    if unknown:
        listed = joined([WHYS[why].text(lang) for why in dict.fromkeys(r.why for r in unknown) if why in WHYS], lang)
        lines.append(_say("unknown", lang, n=number(len(unknown), lang), whys=listed))
    return lines


def _grouped(some: Sequence[Reading], everything: Sequence[Reading], lang: str) -> str:
    """Readings by baseline; the windows are named where not all the known ones of a baseline are meant."""
    parts = []
    for name in BASELINES:
        mine = [r.months for r in some if r.baseline == name]
        known = [r.months for r in everything if r.baseline == name and r.outcome != "unknown"]
        label = AGAINST[name] if lang == "fr" else BASES[name].en
        if mine:
            parts.append(label if mine == known else f"{label} ({', '.join(window(n, lang) for n in mine)})")
    return joined(parts, lang)


def _since(reading: Reading, lang: str) -> str:
    """What a rank is among, with its first and last month."""
    assert reading.base_first is not None
    assert reading.base_last is not None
    return f"{BASES[reading.baseline].text(lang)} ({months(reading.base_first, reading.base_last, lang)})"


def _then(found: Checked, lang: str) -> str:
    assert found.claim.said is not None
    assert found.then_vintage is not None
    said = {"day": day_in_words(found.claim.said, lang), "vintage": day_in_words(found.then_vintage, lang)}
    known = [r for r in found.then if r.outcome != "unknown"]
    if not known:
        return _say("then_none", lang, **said)
    now = {(r.baseline, r.months): r.outcome for r in found.now}
    changed = sum(now.get((r.baseline, r.months)) != r.outcome for r in known)
    if found.claim.sort in ("level", "highest", "lowest"):
        count = {"figure": cell(found, known[0], lang), "unit": unit_word(found.series.unit, lang)}
        return _say("then_count", lang, **count, **said)
    said_changed = _say("different", lang, n=number(changed, lang), all=number(len(known), lang))
    return _say("then", lang, same=said_changed if changed else _say("same", lang), **said)


def _amount(found: Checked, low: float, high: float, lang: str) -> str:
    if found.claim.sort in ("level", "highest", "lowest"):
        return number(low, lang) if low == high else bounds(low, high, lang)
    return changes(low, high, lang)


def _say(key: str, lang: str, **words: object) -> str:
    return SAYS[key].text(lang).format(**words)


def span_of(reading: Reading, lang: str) -> str:
    """The window of a reading and what it is held against, as months."""
    if reading.base_first is None or reading.base_last is None:
        return months(reading.first, reading.last, lang)
    base = (
        month(reading.base_first, lang) if reading.base_first == reading.base_last
        else months(reading.base_first, reading.base_last, lang)
    )  # fmt: skip
    return f"{months(reading.first, reading.last, lang)} / {base}"
