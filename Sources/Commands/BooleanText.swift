/// As psql shows booleans.
func booleanText(_ value: Bool) -> String { value ? "t" : "f" }
