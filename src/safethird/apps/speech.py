"""Results in words, English and French: what each result is called, and what is never left unsaid."""

from __future__ import annotations

from safethird.law.facts.declare import Words

OUTCOME = {
    "eligible": Words("eligible to be referred to the Board", "recevable, à déférer à la Commission"),
    "ineligible": Words("ineligible", "irrecevable"),
    "no_claim_possible": Words("no claim can be made", "aucune demande ne peut être présentée"),
    "direct_back": Words("directed back to the United States", "renvoyé temporairement aux États-Unis"),
    "return_to_canada": Words("returned to Canada", "renvoyé au Canada"),
    "credible_fear": Words("goes on to credible-fear screening", "passe à l’examen de la crainte crédible"),
    "outside_agreement": Words("outside the Agreement, ordinary procedure", "hors de l’Entente, procédure ordinaire"),
    "may_apply_for_asylum": Words("may apply for asylum", "peut demander l’asile"),
    "open": Words("open: turns on an unsettled point of law", "ouvert : dépend d’un point de droit non tranché"),
    "undetermined": Words("not settled by what is known", "non déterminé par ce qui est connu"),
}
STCA = {
    "bar": Words("the Agreement bars the claim", "l’Entente empêche la demande"),
    "exception": Words("an exception lifts the bar", "une exception lève l’irrecevabilité"),
    "outside": Words("the Agreement does not reach the case", "l’Entente ne vise pas ce cas"),
    "not_engaged": Words("the Agreement is not engaged", "l’Entente n’est pas en cause"),
    "open": OUTCOME["open"],
    "undetermined": OUTCOME["undetermined"],
}
RESULT = {"yes": Words("yes", "oui"), "no": Words("no", "non"), "unknown": Words("not known", "inconnu")}
CONFIDENCE = {
    "high": Words("high", "élevée"),
    "medium": Words("medium", "moyenne"),
    "low": Words("low", "faible"),
}
HEAD = {
    "law": Words("Law", "Droit"),
    "checked": Words("last checked", "vérifié le"),
    "known_on": Words("as known on", "tel que connu le"),
    "eligibility": Words("Eligibility (all of 101(1))", "Recevabilité (tout le par. 101(1))"),
    "screening": Words("Threshold screening", "Filtrage"),
    "pact": Words("The pact", "Le pacte"),
    "follows": Words("What follows", "Ce qui suit"),
    "settled": Words("On what is known", "D’après ce qui est connu"),
    "established": Words("As it stands, on what is shown", "En l’état, d’après ce qui est établi"),
    "grounds": Words("Grounds", "Motifs"),
    "scope": Words("Reach of the Agreement", "Portée de l’Entente"),
    "exceptions": Words("Exceptions tried", "Exceptions examinées"),
    "missing": Words("What could still be shown", "Ce qui pourrait encore être établi"),
    "unknown": Words("Still not known, and it matters", "Encore inconnu, et important"),
    "open_points": Words("Unsettled points of law", "Points de droit non tranchés"),
    "notices": Words("Read before relying on this", "À lire avant de s’y fier"),
    "confidence": Words("Confidence of the weakest link", "Confiance du maillon le plus faible"),
    "then": Words("then", "alors"),
    "evidence": Words("by", "par"),
    "together": Words("The family together", "La famille ensemble"),
    "split": Words(
        "The family is split: these members get different answers",
        "La famille est séparée : réponses différentes",
    ),
    "hits": Words("hits", "s’applique"),
    "misses": Words("does not hit", "ne s’applique pas"),
    "open_q": Words("not known", "inconnu"),
    "not_barred": Words(
        "does not bar the claim (why is not settled)", "n’empêche pas la demande (le motif n’est pas réglé)"
    ),
    "legend": Words(
        "● yes   ○ no   ? not known   (--full: every reason)",
        "● oui   ○ non   ? inconnu   (--full : toutes les raisons)",
    ),
}
