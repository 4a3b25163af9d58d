package people_test

import (
	"strings"
	"testing"
	"time"

	"zhanggui/data/master"
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
	"zhanggui/data/workflow/people"
)

// A PIN opens the till and nothing else, whoever's it is: no owner's right, no password, no step of an approval; it counts and locks as a password does.
func TestAPINOpensTheTillAlone(t *testing.T) {
	b, boss, _, now := shop(t)
	cash := hire(t, b, boss, "吴芳", "till", "sales-clerk")
	if err := people.PIN(cash, "吴芳", "4711"); err != nil {
		t.Fatal(err)
	}
	if err := people.PIN(boss, owner, "90210777"); err != nil {
		t.Fatal(err)
	}
	for name, pin := range map[string]string{"吴芳": "4711", owner: "90210777"} {
		*now = now.Add(time.Hour)
		mine, err := people.SignIn(b, name, pin)
		if err != nil {
			t.Fatal(name, err)
		}
		who := mine.Who()
		if !who.PIN || !who.May("retail-sale", "audit") || !who.May("products", "see") || who.May("delivery", "see") || who.Has("book.settings") || who.Crew.Set(name).Owns() {
			t.Errorf("%s by PIN: %+v", name, who)
		}
		says(t, people.Password(mine, name, "", "another-password-1"), "a PIN opens the till alone")
		says(t, people.PIN(mine, name, "1234"), "a PIN opens the till alone")
		says(t, people.Set(mine, name, [][2]string{{"substitute", owner}}), "a PIN opens the till alone")
		says(t, mine.SaveMaster(&master.Record{Type: master.Customers, Values: map[string]string{"code": "K1", "name": "K"}}), "customers.enter: ")
		_, err = people.Changing(b, name, pin)
		says(t, err, "a PIN opens the till alone")
		err = mine.Still(func(still *workflow.Book) error {
			if still.Who().May("delivery", "see") {
				t.Error("a moment of it is open wider")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	if mine, err := people.SignIn(b, "吴芳", "own-password-1"); err != nil || mine.Who().PIN || !mine.Who().May("delivery", "see") {
		t.Errorf("by password %v", err)
	}
	// who lends by a PIN lends what it opens
	zhou := hire(t, b, boss, "周", "viewer")
	lent, err := people.Override(zhou, owner, "90210777", "urgent")
	if err != nil {
		t.Fatal(err)
	}
	says(t, lent.Save(&slip.Doc{Kind: "delivery", Date: b.Today()}), "delivery.enter: ")
	if err := lent.Save(&slip.Doc{Kind: "retail-sale", Date: b.Today()}); err != nil && strings.Contains(err.Error(), "retail-sale.enter") {
		t.Errorf("a PIN does not lend what it opens: %v", err)
	}
	cashier, err := people.SignIn(b, "吴芳", "4711")
	if err != nil {
		t.Fatal(err)
	}
	if lent, err = people.Override(cashier, owner, pass, "urgent"); err != nil || !lent.Who().PIN {
		t.Errorf("borrowing opens more than the PIN did: %v", err)
	}
	wrong := func() error { _, err := people.SignIn(b, "吴芳", "4712"); return err }
	says(t, wrong(), "name or password is wrong")
	says(t, wrong(), "name or password is wrong")
	says(t, wrong(), "locked until ")
	_, err = people.SignIn(b, "吴芳", "4711")
	says(t, err, "locked until ")
	_, err = people.SignIn(b, "吴芳", "own-password-1")
	says(t, err, "locked until ")
	_, err = people.SignIn(b, "nobody", "4711")
	says(t, err, "name or password is wrong")
	for _, p := range mustVerify(t, b) {
		t.Error(p)
	}
}
