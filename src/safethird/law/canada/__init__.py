"""The Canadian side: a file per legal instrument, folded into one pact."""

from datetime import date

from safethird.expr import cite
from safethird.law.canada.orders_2020 import SOR_2020_55, TURN_BACK_2020
from safethird.law.canada.permits import R222_2014, R222_2024, SOR_2024_11, SOR_2025_11
from safethird.law.canada.policy_2026_05_19 import POLICY_2026_05_19
from safethird.law.canada.r5_2015 import R5_2015
from safethird.law.canada.sc_2001_27 import REACHED, SC_2001_27
from safethird.law.canada.sc_2012_17 import SC_2012_17
from safethird.law.canada.sc_2019_29 import SC_2019_29_BAR, SC_2019_29_DAYS
from safethird.law.canada.sc_2023_19 import SC_2023_19
from safethird.law.canada.sc_2026_4 import SC_2026_4, SC_2026_4_NOTICE
from safethird.law.canada.sor_2002_227 import DIRECT_BACK_2003, SOR_2002_227
from safethird.law.canada.sor_2004_217 import SOR_2004_217
from safethird.law.canada.sor_2009_210 import SOR_2009_210
from safethird.law.canada.sor_2023_58 import SOR_2023_58
from safethird.law.canada.wording import SC_2010_8, SOR_2009_290, SOR_2015_46
from safethird.law.facts import journey
from safethird.law.pact import Pact

CANADA = Pact(
    side="canada",
    amendments=(
        SC_2001_27,
        SOR_2002_227,
        DIRECT_BACK_2003,
        SOR_2004_217,
        SOR_2009_210,
        SOR_2009_290,
        SC_2010_8,
        SC_2012_17,
        R222_2014,
        SOR_2015_46,
        R5_2015,
        SC_2019_29_BAR,
        SC_2019_29_DAYS,
        SOR_2020_55,
        TURN_BACK_2020,
        SOR_2023_58,
        SC_2023_19,
        SOR_2024_11,
        R222_2024,
        SOR_2025_11,
        SC_2026_4,
        SC_2026_4_NOTICE,
        POLICY_2026_05_19,
    ),
    stca=(
        ("not_engaged", cite("IRPA 99(3)") | ~journey.came_from.is_("USA")),
        ("bar", cite("IRPA 101(1)(e)")),
        ("exception", REACHED),
        ("outside", ~REACHED),
    ),
    outcome=(
        ("no_claim_possible", cite("IRPA 99(3)")),
        ("direct_back", cite("IRPR 41(d)")),
        ("ineligible", cite("IRPA 101(1)(*)")),
        ("eligible", ~cite("IRPA 101(1)(*)")),
    ),
    adverse_outcome=("ineligible", "direct_back", "no_claim_possible", "eligible"),
    adverse_stca=("bar", "exception", "outside", "not_engaged"),
    unfavourable=frozenset({"ineligible", "direct_back", "no_claim_possible"}),
    begins=date(2002, 6, 28),
    checked={"Act": date(2026, 3, 31), "Regulations": date(2026, 6, 14)},
)
