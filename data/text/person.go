package text

// Nobody is what the window calls a person who gave no name, on slips too; a paper says it in its own language.
var Nobody = T("老板", "Owner")

// Person is a person's name on a paper of a language.
func Person(name string, l Lang) string {
	if name == Nobody.Zh || name == Nobody.En {
		return Nobody.In(l)
	}
	return name
}
