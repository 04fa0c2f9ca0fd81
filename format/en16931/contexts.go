package en16931

// The contexts and tests that most rules are made of. Each is the plain meaning
// of an XPath idiom of the official rule books.

// root is the document element.
func root(_ *judge, visit func(ID)) { visit(Root) }

// rootOf is the document element if it has that name.
func rootOf(name Name) context {
	return func(j *judge, visit func(ID)) {
		if j.t.name(Root) == name {
			visit(Root)
		}
	}
}

// on is every element of those names, anywhere.
func on(names ...Name) context {
	return func(j *judge, visit func(ID)) {
		for _, name := range names {
			for n := j.t.heads[name]; n != None; n = j.t.nodes[n].nextSame {
				visit(n)
			}
		}
	}
}

// inside is every element of that name whose ancestors, from the nearest, have
// those names.
func inside(name Name, ancestors ...Name) context {
	return on(name).where(func(j *judge, n ID) bool { return j.t.under(n, ancestors...) })
}

// top is every element of that name directly under the document element.
func top(name Name) context {
	return func(j *judge, visit func(ID)) {
		for n := range j.t.children(Root, name) {
			visit(n)
		}
	}
}

// where keeps the elements that pass a test.
func (c context) where(keep test) context {
	return func(j *judge, visit func(ID)) {
		c(j, func(n ID) {
			if keep(j, n) {
				visit(n)
			}
		})
	}
}

// few is more totals, payees or tax rates than any invoice has.
const few = 50

// first keeps only so many elements. It is for rules that look through the whole
// document for each: an invoice has a handful of such elements, and one made to
// be slow has thousands.
func (c context) first(most int) context {
	return func(j *judge, visit func(ID)) {
		visits := 0
		c(j, func(n ID) {
			if visits++; visits <= most {
				visit(n)
			}
		})
	}
}

// then goes from each element to those that a path leads to.
func (c context) then(path ...Name) context {
	return func(j *judge, visit func(ID)) {
		c(j, func(n ID) {
			j.t.each(n, path, func(m ID) bool { visit(m); return true })
		})
	}
}

// under says whether n's ancestors, from the nearest, have those names.
func (t *Tree) under(n ID, ancestors ...Name) bool {
	for _, name := range ancestors {
		n = t.parent(n)
		if t.name(n) != name {
			return false
		}
	}
	return true
}

// has: a path leads somewhere.
func has(path ...Name) test {
	return func(j *judge, n ID) bool { return j.t.at(n, path...) != None }
}

// lacks: a path leads nowhere.
func lacks(path ...Name) test {
	return func(j *judge, n ID) bool { return j.t.at(n, path...) == None }
}

// filled: a path leads to something that is not blank.
func filled(path ...Name) test {
	return func(j *judge, n ID) bool { return !isBlank(j.t.raw(j.t.at(n, path...))) }
}

// atMost: a path leads to at most k elements.
func atMost(k int, path ...Name) test {
	return func(j *judge, n ID) bool { return j.t.count(n, path...) <= k }
}

// either: one of two tests passes.
func either(a, b test) test {
	return func(j *judge, n ID) bool { return a(j, n) || b(j, n) }
}

// both: two tests pass.
func both(a, b test) test {
	return func(j *judge, n ID) bool { return a(j, n) && b(j, n) }
}

// carries: the element has an attribute.
func carries(attr string) test {
	return func(j *judge, n ID) bool { _, there := j.t.attr(n, attr); return there }
}

// twoDecimals: what a path leads to has at most two characters after the point.
func twoDecimals(path ...Name) test {
	return func(j *judge, n ID) bool { return decimals(j.t.raw(j.t.at(n, path...))) <= 2 }
}

// always and never are for rules that the rule book states so.
func always(*judge, ID) bool { return true }
func never(*judge, ID) bool  { return false }

// isAllowance and isCharge choose by the indicator.
func isAllowance(j *judge, n ID) bool { return j.t.isAllowance(n) }
func isCharge(j *judge, n ID) bool    { return j.t.isCharge(n) }

// indicated is for the rules that compare the indicator as text, where isCharge
// reads it as an xs:boolean.
func indicated(text string) test {
	return func(j *judge, n ID) bool { return j.t.raw(j.t.child(n, cbcChargeIndicator)) == text }
}

// reason: an allowance or charge says why, in words or by code.
var reason = either(has(cbcAllowanceChargeReason), has(cbcAllowanceChargeReasonCode))

// vatScheme: a tax category or party tax scheme is about VAT.
func vatScheme(j *judge, n ID) bool { return j.t.isVAT(n) }

func (t *Tree) isVAT(n ID) bool {
	for s := range t.children(n, cacTaxScheme) {
		if upper(t.norm(t.child(s, cbcID))) == "VAT" {
			return true
		}
	}
	return false
}

// vatCategory: the first tax category under n that is about VAT.
func (t *Tree) vatCategory(n ID, name Name) ID {
	for c := range t.children(n, name) {
		if t.isVAT(c) {
			return c
		}
	}
	return None
}

// value tells what stands in the first element that a path leads to.
func value(path ...Name) func(*judge, ID) string {
	return func(j *judge, n ID) string { return quoted(j.t.norm(j.t.at(n, path...))) }
}

// valueOf tells what stands in an attribute.
func valueOf(attr string) func(*judge, ID) string {
	return func(j *judge, n ID) string { return quoted(j.t.attrText(n, attr)) }
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "I filen står ”" + clip(s) + "”."
}
