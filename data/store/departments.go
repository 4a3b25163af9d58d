package store

// departmentOf is the row of a slip's department; 0: it has none.
const departmentOf = `COALESCE((SELECT x.id FROM department x WHERE x.code = s.department), 0)`

// enterDepartments makes a record of each department that slips and employees name and nobody entered, with that text as code and name:
// what was typed freely in an older book is a master from now on.
func (tx *Tx) enterDepartments() error {
	_, err := tx.exec(`INSERT INTO department (code, name, active)
		SELECT d, d, 1 FROM (SELECT department AS d FROM slip UNION SELECT department FROM employee)
		WHERE d <> '' AND d NOT IN (SELECT code FROM department) ORDER BY d`)
	return err
}

// DepartmentUsed tells whether a slip, an employee or another department names the department.
func (tx *Tx) DepartmentUsed(code string) (bool, error) {
	return one(tx, `SELECT 1 WHERE EXISTS (SELECT 1 FROM slip WHERE department = ?) OR EXISTS (SELECT 1 FROM employee WHERE department = ?)
		OR EXISTS (SELECT 1 FROM department WHERE parent = ?)`, []any{code, code, code}, new(int))
}
