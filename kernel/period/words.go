package period

import (
	"strconv"
	"time"
)

var (
	swedishDays = [7]string{
		"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag",
	}
	swedishMonths = [12]string{
		"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
		"september", "oktober", "november", "december",
	}
)

// WeekdayName returns the name of a day of the week in the language lang, "sv"
// or "en"; any other language gets Swedish.
func WeekdayName(w time.Weekday, lang string) string {
	if lang == "en" {
		return w.String()
	}
	return swedishDays[w]
}

// MonthName returns the name of a month in the language lang, as WeekdayName.
func MonthName(m time.Month, lang string) string {
	if lang == "en" {
		return m.String()
	}
	return swedishMonths[m-1]
}

// LongDate writes "onsdag 25 november", in English "Wednesday 25 November", and
// nothing for no date.
func LongDate(d Date, lang string) string {
	if d == 0 {
		return ""
	}
	_, m, day := d.civil()
	return WeekdayName(d.Weekday(), lang) + " " + strconv.Itoa(day) + " " + MonthName(m, lang)
}
