"""Cases: what is known of a person, read from a file or from answers, in the law's own facts."""
