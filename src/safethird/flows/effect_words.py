"""An effect in words: what is found, how sure it is, what else changed; no cause is named unless it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safethird.flows.citing import unit_word
from safethird.flows.codebook import Text
from safethird.flows.numerals import change, number
from safethird.flows.policy import DEFINITION
from safethird.readings.words import day as day_in_words

if TYPE_CHECKING:
    from safethird.flows.effect import Effect

FOUND = Text(
    "{change} [95% interval {low} to {high}]: the mean of the {months} whole months after {day}, against the {before}"
    " months before it ({unit}).",
    "{change} [intervalle à 95 % : {low} à {high}] : la moyenne des {months} mois entiers après le {day}, par rapport"
    " aux {before} mois qui précèdent ({unit}).",
)
RANK = Text(
    "Rank {rank} of {all} dates: this one and {placebos} placebo dates between policy dates, of which {apart} do not"
    " overlap. So many dates cannot show a share below {smallest}; here it is {share}.",
    "Rang {rank} sur {all} dates : celle-ci et {placebos} dates placebo entre dates de politique, dont {apart} ne se"
    " chevauchent pas. Tant de dates ne peuvent montrer une part inférieure à {smallest}; ici, elle est de {share}.",
)
EARLIER = Text(
    "Before it: {earlier} over the nine months up to the date.",
    "Avant : {earlier} au cours des neuf mois précédant la date.",
)
HIDDEN = Text(
    "{hidden} of the months used are hidden by the publisher (0 to 5) and stand at 2.5.",
    "Mois utilisés dont le chiffre est masqué par l’éditeur (0 à 5), comptés à 2,5 : {hidden}.",
)
ORDINARY = Text(
    "The interval holds no change: the series moves this much between policy dates too. This shows no effect, and does"
    " not show that there was none. A rise in one channel after a measure on another is no evidence that people moved.",
    "L’intervalle contient l’absence de changement : la série bouge autant entre dates de politique. Cela ne montre"
    " aucun effet, et ne montre pas qu’il n’y en a pas eu. La hausse d’un canal après une mesure visant un autre ne"
    " prouve pas que des gens soient passés de l’un à l’autre.",
)
TOGETHER = Text(
    "Beyond what the series does between policy dates. But other things changed in the same months, and no figure can"
    " tell them apart: this is not to be put down to this measure alone.",
    "Au-delà de ce que fait la série entre dates de politique. Mais d’autres choses ont changé pendant ces mois, et"
    " aucun chiffre ne les sépare : cela n’est pas à mettre au compte de cette seule mesure.",
)
ALONE = Text(
    "Beyond what the series does between policy dates, and nothing else that the table of events holds changed in these"
    " months: the change because of this measure is estimated at {change} [{low} to {high}].",
    "Au-delà de ce que fait la série entre dates de politique, et rien d’autre dans la table des événements n’a changé"
    " pendant ces mois : le changement en raison de cette mesure est estimé à {change} [{low} à {high}].",
)
COUNTING = Text(
    "On this date the counting changed, not a rule for people: the change is of the statistics.",
    "À cette date, c’est le dénombrement qui a changé, non une règle : le changement est celui de la statistique.",
)
ALSO = Text("Also changed in these months:", "A aussi changé pendant ces mois :")
NOTHING_ELSE = Text(
    "Nothing else in the table of events fell in these months.",
    "Rien d’autre dans la table des événements pendant ces mois.",
)


def sentences(found: Effect, lang: str) -> list[str]:
    """The effect in sentences: the figure, its rank, what came before, what it means.

    Words of cause stand only where the interval leaves out no change and nothing else changed.
    """
    said = {
        "change": change(found.change, lang),
        "low": change(found.low, lang),
        "high": change(found.high, lang),
        "months": found.months,
        "before": found.before,
        "day": day_in_words(found.day, lang),
        "unit": unit_word(found.unit, lang),
        "rank": found.rank,
        "all": len(found.placebos) + 1,
        "placebos": len(found.placebos),
        "apart": found.apart,
        "smallest": number(found.smallest, lang, 3),
        "share": number(found.share, lang, 3),
        "earlier": change(found.earlier, lang) if found.earlier == found.earlier else "",
        "hidden": found.hidden,
    }
    shown = [FOUND, RANK, *([EARLIER] if said["earlier"] else []), *([HIDDEN] if found.hidden else []), verdict(found)]
    return [words.text(lang).format(**said) for words in shown]


def verdict(found: Effect) -> Text:
    """What the estimate allows to be said."""
    if found.event is not None and found.event.id == DEFINITION:
        return COUNTING
    if not found.beyond_ordinary:
        return ORDINARY
    return TOGETHER if found.also_changed else ALONE


def also(found: Effect, lang: str) -> list[str]:
    """What else changed in the months used, a line each; one line where nothing did."""
    if not found.also_changed:
        return [NOTHING_ELSE.text(lang)]
    lines = []
    for one in found.also_changed:
        until = ""
        if one.end is not None:
            until = f" – {day_in_words(one.end, lang)}"
        lines.append(f"{day_in_words(one.day, lang)}{until} ({one.id}): {one.title.text(lang)}")
    return [ALSO.text(lang), *lines]
