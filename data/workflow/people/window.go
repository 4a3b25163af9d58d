package people

import (
	"zhanggui/data/rights"
	"zhanggui/data/store"
	"zhanggui/data/workflow"
)

// Roles are the roles there are to give: every ready one as the shop has it, then its own. Also a book without users has the ready ones.
func Roles(w *workflow.Book) ([]rights.Role, error) {
	p, err := store.ReadPeople(w.DB)
	if err != nil {
		return nil, err
	}
	return every(&p), nil
}
