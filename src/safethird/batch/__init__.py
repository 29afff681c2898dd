"""Tables of claims: the columns they have, reading and checking them, deciding them, writing what was decided."""
