package catalogue

import "kontor/kernel/list"

// Lines is every decided price of every list.
var Lines = &list.Spec{
	Name: "catalogue.prices", Title: "Priser", Need: "catalogue.read", From: "price_line", Global: true,
	Intro: "Alla beslutade priser, med den källa som de kommer ur.",
	Joins: "JOIN price_list AS l ON l.id = t.list JOIN catalogue_item AS i ON i.id = t.item JOIN catalogue_service AS s ON s.id = i.service",
	Columns: []list.Column{
		{Key: "service", Label: "Tjänst", Kind: list.Text, Expr: "s.name"},
		{Key: "text", Label: "Vad som ingår", Kind: list.Text, Expr: "t.text"},
		{Key: "mode", Label: "Prissätt", Kind: list.Word, Expr: "i.mode", Options: modes},
		{Key: "per", Label: "Per", Kind: list.Text, Expr: "i.per"},
		{Key: "price", Label: "Pris", Kind: list.Money, Expr: "t.price"},
		{Key: "list", Label: "Prislista", Kind: list.Text, Expr: "l.name"},
		{Key: "from", Label: "Gäller från", Kind: list.Date, Expr: "l.valid_from"},
		{Key: "source", Label: "Källa", Kind: list.Text, Expr: "t.source"},
		{Key: "mandatory", Label: "Obligatorisk", Kind: list.Yes, Expr: "s.mandatory", Hidden: true},
		{Key: "activity", Label: "Aktivitet", Kind: list.Code, Expr: "t.activity", Hidden: true},
		{Key: "channels", Label: "Kanaler", Kind: list.Code, Expr: "t.channels", Hidden: true},
		list.Made,
	},
	Filters: []list.Filter{
		{Key: "list", Label: "Prislista", Column: "list", Match: list.Is, Kind: list.ID, Choices: listOptions},
		{Key: "item", Label: "Artikel", Column: "item", Match: list.Is, Kind: list.ID, Hidden: true},
	},
	Order: "id", Shown: "priser", Open: "/prislista",
	Empty: "Inga priser är inlästa. Kör kontor migrate, som läser in dem.",
}
