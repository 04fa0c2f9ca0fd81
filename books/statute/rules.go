package statute

import (
	"kontor/kernel/fault"
	"kontor/kernel/form"
	"kontor/kernel/money"
)

// checkValue says what is wrong with a new value.
func checkValue(v form.Values) []fault.Field {
	var wrong []fault.Field
	a, err := money.Parse(v.Text("value"))
	kind := Kind(v.Text("kind"))
	switch {
	case err != nil:
		wrong = append(wrong, fault.Field{Name: "value", Text: "Skriv ett värde med högst två decimaler, till exempel 450 eller 2,00."})
	case a < 0 && kind != ReferenceRate:
		wrong = append(wrong, fault.Field{Name: "value", Text: "Bara referensräntan kan vara negativ."})
	case kind == ReferenceRate && a%50 != 0:
		wrong = append(wrong, fault.Field{Name: "value", Text: "Referensräntan är avrundad till hela eller halva procentenheter. Kontrollera Riksbankens beslut."})
	}
	if on := v.Date("valid_from"); on != 0 && kind == ReferenceRate && HalfYear(on) != on {
		wrong = append(wrong, fault.Field{Name: "valid_from", Text: "Referensräntan gäller från 1 januari eller 1 juli."})
	}
	return wrong
}
