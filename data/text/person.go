package text

// Nobody is what the window calls a person who gave no name, on slips too; a paper says it in its own language.
var Nobody = T("老板", "Owner")

// Person is a person's name on a paper of a language. Of a book with users (named) it is always somebody's own.
func Person(name string, named bool, l Lang) string {
	if !named && (name == Nobody.Zh || name == Nobody.En) {
		return Nobody.In(l)
	}
	return name
}
