package demo

// A size small enough for tests.
func init() { scales["tiny"] = scale{products: 300, vendors: 20, clients: 60, lines: 1500, years: 1} }
