"""The United States side: a file per legal instrument, folded into one pact."""

from datetime import date

from safethird.expr import cite
from safethird.law.pact import Pact
from safethird.law.united_states.fr_2004 import BARRED, FR_2004, FROM_CANADA, IN_COURT, REACHED
from safethird.law.united_states.fr_2019 import FR_2019
from safethird.law.united_states.fr_2023 import FR_2023, PROCEDURE_2024
from safethird.law.united_states.ina_208 import INA_1996, TVPRA_2008

# A child whom the statute takes out of the bar goes on to a full claim, not to the border screening.
_CHILD_OUT = FROM_CANADA & cite("8 CFR 208.30(e)(6)") & cite("INA 208(a)(2)(E)")

UNITED_STATES = Pact(
    side="united_states",
    amendments=(INA_1996, FR_2004, TVPRA_2008, FR_2019, FR_2023, PROCEDURE_2024),
    stca=(
        ("not_engaged", ~FROM_CANADA),
        ("bar", BARRED),
        ("exception", REACHED),
        ("outside", ~REACHED),
    ),
    outcome=(
        ("return_to_canada", BARRED),
        ("may_apply_for_asylum", _CHILD_OUT | REACHED & IN_COURT),
        ("credible_fear", REACHED),
        ("outside_agreement", ~REACHED),
    ),
    adverse_outcome=("return_to_canada", "credible_fear", "outside_agreement", "may_apply_for_asylum"),
    adverse_stca=("bar", "exception", "outside", "not_engaged"),
    unfavourable=frozenset({"return_to_canada"}),
    begins=date(1997, 4, 1),
    checked={"Code of Federal Regulations and statute, as far as found": date(2026, 11, 24)},
)
