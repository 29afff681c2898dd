"""How, when and from where the person comes."""

from safethird.law.facts.declare import declare

claim_date = declare(
    "claim_date",
    "day",
    "conduct",
    ("Day of the claim", "Jour de la demande d’asile"),
    ("On what day is (or was) the claim made?", "Quel jour la demande est-elle (ou a-t-elle été) présentée?"),
    help=(
        "The law is read on this day. Days are Ottawa days; add the hour (claim_time) on a day when the law changes.",
        "La loi est lue à cette date. Les jours sont ceux d’Ottawa; ajoutez l’heure (claim_time) si la loi change "
        "ce jour-là.",
    ),
    provision="IRPA 100(1)",
    us_provision="8 CFR 208.30(e)(6)",
)
came_from = declare(
    "came_from",
    "code",
    "conduct",
    ("Country the person comes from", "Pays d’où arrive la personne"),
    (
        "From which country does the person come to the country of the claim?",
        "De quel pays la personne arrive-t-elle au pays de la demande?",
    ),
    help=(
        "Directly or through another place. In Canadian law the United States here leaves out Puerto Rico, "
        "Guam and the other territories.",
        "Directement ou non. En droit canadien, les États-Unis ne comprennent ici ni Porto Rico, ni Guam, ni les "
        "autres territoires.",
    ),
    provision="IRPA 101(1)(e)",
    us_provision="8 CFR 208.30(e)(6)",
)
entry = declare(
    "entry",
    "code",
    "conduct",
    ("Manner of entry", "Mode d’entrée"),
    (
        "How does (or did) the person enter the country?",
        "Comment la personne entre-t-elle (ou est-elle entrée) au pays?",
    ),
    provision="IRPR 159.4(1)",
    us_provision="8 CFR 208.30(e)(6)",
    field="mode",
    codes={
        "land_port": ("at a land port of entry", "à un point d’entrée terrestre"),
        "train": (
            "by train, examined at a place designated as a port of entry",
            "en train, avec contrôle à un lieu désigné point d’entrée",
        ),
        "between_ports": (
            "across the land border, or the rivers and lakes along it, away from a port of entry",
            "par la frontière terrestre, ou les cours d’eau et lacs qui la longent, hors d’un point d’entrée",
        ),
        "coast": (
            "from the sea, away from any port of entry",
            "par la mer, hors de tout point d’entrée",
        ),
        "ferry": ("at a ferry landing", "à un débarcadère de traversier"),
        "harbour": ("at a harbour", "à un port (havre)"),
        "airport": ("at an airport", "à un aéroport"),
        "airport_transit_us_removal": (
            "at an airport, in transit while being removed by the United States",
            "à un aéroport, en transit pendant un renvoi par les États-Unis",
        ),
        "transit_canada_removal": (
            "in transit through the United States while being removed by Canada",
            "en transit par les États-Unis pendant un renvoi par le Canada",
        ),
        "other": ("in another way", "d’une autre manière"),
    },
)
claimed_inland = declare(
    "claimed_inland",
    "bool",
    "conduct",
    ("Claim made inland, after entry", "Demande présentée à l’intérieur du pays, après l’entrée"),
    (
        "Is the claim made inside the country, at an office or online, rather than on arrival?",
        "La demande est-elle présentée à l’intérieur du pays, à un bureau ou en ligne, plutôt qu’à l’arrivée?",
    ),
    provision="IRPA 99(3)",
    us_provision="8 CFR 208.30(e)(6)",
    unshown=False,
    field="mode",
)
port_closed = declare(
    "port_closed",
    "bool",
    "conduct",
    ("Outside the hours of the port of entry", "En dehors des heures du point d’entrée"),
    (
        "Was the port of entry closed at that hour?",
        "Le point d’entrée était-il fermé à cette heure?",
    ),
    help=(
        "A port of entry is one only on the days and during the hours designated.",
        "Un lieu n’est un point d’entrée qu’aux jours et aux heures désignés.",
    ),
    provision="IRPR 26",
    us_provision="8 CFR 208.30(e)(6)",
    unshown=False,
    field="port_open",
)
entry_date = declare(
    "entry_date",
    "day",
    "showable",
    ("Day of entry", "Jour de l’entrée"),
    (
        "On what local day did the person enter the country?",
        "Quel jour (heure locale) la personne est-elle entrée au pays?",
    ),
    help=(
        "The day of entry is day 0. A year alone is allowed.",
        "Le jour de l’entrée est le jour 0. L’année seule est permise.",
    ),
    evidence=(
        "travel tickets, hotel or shop receipts, dated messages or photographs, statements of people met",
        "titres de transport, reçus d’hôtel ou d’achat, messages ou photos datés, déclarations de personnes "
        "rencontrées",
    ),
    provision="IRPR 159.4(1.1)",
    us_provision="8 CFR 208.30(e)(6)",
)
entry_date_unproven = declare(
    "entry_date_unproven",
    "bool",
    "showable",
    ("Nobody can show the day of entry", "Personne ne peut établir le jour de l’entrée"),
    ("Is there nothing that shows the day of entry?", "N’y a-t-il rien qui établisse le jour de l’entrée?"),
    evidence=(
        "travel tickets, hotel or shop receipts, dated messages or photographs, statements of people met",
        "titres de transport, reçus d’hôtel ou d’achat, messages ou photos datés, déclarations de personnes "
        "rencontrées",
    ),
    provision="IRPR 159.4(1.1)",
    us_provision="8 CFR 208.30(e)(6)",
    unshown=True,
    field="entry_date",
)
first_entry = declare(
    "first_entry_after_2020_06_24",
    "day",
    "showable",
    ("First entry into Canada after 24 June 2020", "Première entrée au Canada après le 24 juin 2020"),
    (
        "When did the person first enter Canada after 24 June 2020?",
        "Quand la personne est-elle entrée au Canada pour la première fois après le 24 juin 2020?",
    ),
    help=(
        "The first of all entries after that day, even if the person left again. Give this entry if there was no "
        "earlier one.",
        "La première de toutes les entrées après cette date, même si la personne est repartie. S’il n’y en a pas "
        "d’autre, indiquez l’entrée actuelle.",
    ),
    evidence=(
        "passport stamps, boarding passes, entry records",
        "timbres de passeport, cartes d’embarquement, relevés d’entrée",
    ),
    provision="IRPA 101(1.1)",
)
at_named_crossing = declare(
    "at_named_crossing",
    "bool",
    "conduct",
    ("At a crossing that a proposal names", "À un lieu de passage nommé par une proposition"),
    (
        "Was the crossing at one of the places that the proposal would make a port of entry?",
        "Le passage a-t-il eu lieu à un endroit que la proposition érigerait en point d’entrée?",
    ),
    provision="IRPR 26",
    unshown=False,
)
