"""What the law says: facts, provisions, amendments, and the pact that they make."""
