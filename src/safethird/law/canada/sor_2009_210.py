"""SOR/2009-210: the moratorium exception ends."""

from datetime import date

from safethird.law.pact import Amendment, Repeal

SOR_2009_210 = Amendment(
    instrument="SOR/2009-210, s. 1",
    commences=date(2009, 7, 23),
    changes=(Repeal("IRPR 159.6(c)"),),
    en="Nationals of countries under a removal moratorium no longer have an exception.",
    fr="Les ressortissants des pays sous moratoire n’ont plus d’exception.",
)
