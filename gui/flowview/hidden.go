package flowview

import (
	"zhanggui/data/slip"
	"zhanggui/data/workflow"
)

// sideOf is the tag of what is bought from suppliers, or sold to customers.
func sideOf(r slip.Role) slip.Tag {
	if r == slip.Suppliers {
		return slip.TagPurchase
	}
	return slip.TagSales
}

// hide leaves out of a node what who looks may not see: of a kind he sees no amounts of, the money; of one he does not see at all everything but
// number, kind, date and status (R4, R5).
func hide(b *workflow.Book, x *Node, d *slip.Doc) {
	seen := b.Who().May(d.Kind, "see")
	if !seen || !b.Who().Sees(x.kind.SideOf(d)) {
		x.Gross, x.Net, x.Tax, x.Settled, x.Open = 0, 0, 0, 0, 0
	}
	if !b.Who().May(string(x.kind.RoleOf(d)), "see") && x.kind.RoleOf(d) != slip.NoParty {
		x.Party, x.PartyName = "", ""
	}
	if !seen {
		x.Party, x.PartyName, x.quantity, x.Remark, x.ExternalNo = "", "", "", "", ""
	}
}
