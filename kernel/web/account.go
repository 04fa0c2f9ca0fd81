package web

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"kontor/kernel/fault"
	"kontor/kernel/id"
	"kontor/kernel/login"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
	"kontor/kernel/text"
	"kontor/kernel/ui"
)

func loginPage(v *visit) error {
	back := local(cmp.Or(v.r.URL.Query().Get("return"), "/"))
	if v.in() {
		v.see(back, "")
		return nil
	}
	return v.showLogin(http.StatusOK, ui.LoginView{Return: back})
}

func (v *visit) showLogin(code int, page ui.LoginView) error {
	page.Action, page.Accounts = "/login", v.s.site.Accounts
	f := v.frame("Logga in", "")
	f.Layout = ui.Narrow
	return v.show(code, f, ui.LoginPage(page))
}

func signIn(v *visit) error {
	raw, err := v.posted()
	if err != nil {
		return err
	}
	back := local(cmp.Or(raw["return"], "/"))
	token, s, err := v.s.gate.SignIn(v.ctx(), login.Entry{User: text.Cut(raw["user"], 200), Password: text.Cut(raw["password"], 1000), Address: v.address(), Agent: v.r.UserAgent()})
	if errors.Is(err, login.Wrong) || errors.Is(err, login.Wait) {
		f := fault.Of(err)
		v.tell(f)
		code := http.StatusUnauthorized
		if f.Kind == fault.Unavailable {
			code = http.StatusTooManyRequests
		}
		return v.showLogin(code, ui.LoginView{Return: back, User: text.Cut(raw["user"], 200), Error: v.say(f)})
	}
	if err != nil {
		return err
	}
	if old := v.token(); old != "" { // whoever sat here before is signed out
		if err := v.s.gate.SignOut(v.ctx(), old); err != nil {
			return err
		}
		v.s.forget()
	}
	http.SetCookie(v.w, &http.Cookie{Name: v.s.cookie(), Value: token, Path: "/", HttpOnly: true, Secure: v.s.opt.Secure,
		SameSite: http.SameSiteLaxMode, MaxAge: int(s.Expires.Sub(s.Created) / time.Second)})
	v.see(back, "")
	return nil
}

func signOut(v *visit) error {
	if token := v.token(); token != "" {
		if err := v.s.gate.SignOut(v.ctx(), token); err != nil {
			return err
		}
		v.s.forget()
	}
	http.SetCookie(v.w, &http.Cookie{Name: v.s.cookie(), Path: "/", HttpOnly: true, Secure: v.s.opt.Secure, SameSite: http.SameSiteLaxMode, MaxAge: -1})
	v.w.Header().Set("Clear-Site-Data", `"cache"`)
	v.see("/login", "")
	return nil
}

type accountView struct {
	Name, Roles, User, Token string
	Sessions, Tokens         ui.TableView
	Open, Ended              []ui.Option
	Taste, Password          []ui.FieldView
	NewToken                 []ui.FieldView
}

func accountPage(v *visit) error { return v.showAccount(http.StatusOK, "", nil) }

func (v *visit) showAccount(code int, token string, wrong *fault.Fault) error {
	page := accountView{Name: v.who.person.Name, Token: token}
	err := v.view(func(o *op.Op) (err error) {
		if page.User, err = login.AccountName(o, o.Actor.ID); err != nil {
			return err
		}
		if err := v.sessions(o, &page); err != nil {
			return err
		}
		if err := v.tokens(o, &page); err != nil {
			return err
		}
		var fields []fault.Field
		if wrong != nil {
			fields = wrong.Fields
		}
		page.Password, err = Fields(o, login.PasswordFields(), nil, fields)
		for i := range page.Password {
			page.Password[i].Autocomplete = []string{"current-password", "new-password"}[min(i, 1)]
		}
		return err
	})
	if err != nil {
		return err
	}
	var titles []string
	for _, r := range v.who.roles {
		titles = append(titles, text.T(v.ctx(), v.s.site.Matrix.Title(r)))
	}
	page.Roles = strings.Join(titles, ", ")
	page.Taste = v.taste()
	page.NewToken = []ui.FieldView{
		{Name: "name", Label: text.T(v.ctx(), "Vad nyckeln används till"), Required: true, MaxLength: 100},
		{Name: "scope", Label: text.T(v.ctx(), "Nyckeln får"), Kind: ui.FieldRadio, Value: "read", Required: true, Options: []ui.Option{
			{Value: "read", Label: text.T(v.ctx(), "Läsa")}, {Value: "write", Label: text.T(v.ctx(), "Läsa och ändra")},
		}},
		{Name: "until", Label: text.T(v.ctx(), "Gäller till och med"), Kind: ui.FieldDate, Required: true,
			Value: period.DateOf(v.s.door.Now()).AddMonths(3).String()},
	}
	f := v.frame("Mitt konto", "")
	f.Layout = ui.Narrow
	return v.show(code, f, accountBody(page))
}

func (v *visit) sessions(o *op.Op, page *accountView) error {
	all, err := login.Sessions(o)
	page.Sessions = ui.TableView{Caption: text.T(o, "Inloggningar"), Columns: []ui.Col{
		{Label: text.T(o, "Webbläsare")}, {Label: text.T(o, "Adress"), Secondary: true}, {Label: text.T(o, "Inloggad"), Kind: ui.CellTime}, {Label: text.T(o, "Använd"), Kind: ui.CellTime},
	}}
	for _, s := range all {
		name := browser(s.Agent)
		here := s.ID == v.who.pass.Session
		sub := ""
		if here {
			sub = text.T(o, "här")
		} else {
			page.Open = append(page.Open, ui.Option{Value: s.ID.String(), Label: name + " " + Moment(s.Created)})
		}
		page.Sessions.Rows = append(page.Sessions.Rows, ui.Row{ID: s.ID.String(), Current: here, Cells: []ui.Cell{
			{Text: name, Sub: sub}, {Text: s.Address}, {Text: Moment(s.Created)}, {Text: Moment(s.Seen)},
		}})
	}
	return err
}

// browser names the browser, for somebody who wonders which session is which.
func browser(agent string) string {
	system := ""
	for _, s := range []string{"Windows", "iPhone", "iPad", "Android", "Mac OS", "Linux"} {
		if strings.Contains(agent, s) {
			system = " · " + s
			break
		}
	}
	for _, b := range []struct{ mark, name string }{{"Edg/", "Edge"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}} {
		if strings.Contains(agent, b.mark) {
			return b.name + system
		}
	}
	return cmp.Or(text.Cut(agent, 30), "–")
}

func (v *visit) tokens(o *op.Op, page *accountView) error {
	all, err := login.Tokens(o)
	page.Tokens = ui.TableView{Caption: text.T(o, "Nycklar"), Columns: []ui.Col{
		{Label: text.T(o, "Används till")}, {Label: text.T(o, "Får")}, {Label: text.T(o, "Gäller till"), Kind: ui.CellTime}, {Label: text.T(o, "Använd"), Kind: ui.CellTime},
	}}
	for _, t := range all {
		may := text.T(o, "Läsa")
		if t.Scope == login.MayWrite {
			may = text.T(o, "Läsa och ändra")
		}
		page.Tokens.Rows = append(page.Tokens.Rows, ui.Row{ID: t.ID.String(), Quiet: !o.Now.Before(t.Expires), Cells: []ui.Cell{
			{Text: t.Name}, {Text: may}, {Text: Moment(t.Expires)}, {Text: Moment(t.Used)},
		}})
		page.Ended = append(page.Ended, ui.Option{Value: t.ID.String(), Label: t.Name})
	}
	return err
}

func (v *visit) taste() []ui.FieldView {
	ctx, p := v.ctx(), v.who.person
	keys := "on"
	if !p.Keys {
		keys = "off"
	}
	return []ui.FieldView{
		{Name: "lang", Label: text.T(ctx, "Språk"), Kind: ui.FieldRadio, Required: true, Value: p.Language, Options: []ui.Option{{Value: "sv", Label: "Svenska"}, {Value: "en", Label: "English"}}},
		{Name: "scheme", Label: text.T(ctx, "Färger"), Kind: ui.FieldRadio, Required: true, Value: p.Scheme, Options: []ui.Option{
			{Value: "auto", Label: text.T(ctx, "Som datorn")}, {Value: "light", Label: text.T(ctx, "Ljusa")}, {Value: "dark", Label: text.T(ctx, "Mörka")},
		}},
		{Name: "keys", Label: text.T(ctx, "Tangenter med en bokstav"), Kind: ui.FieldRadio, Required: true, Value: keys, Options: []ui.Option{
			{Value: "on", Label: text.T(ctx, "På")}, {Value: "off", Label: text.T(ctx, "Av"), Help: text.T(ctx, "För den som styr datorn med rösten eller ofta stöter till tangenter.")},
		}},
	}
}

// setTaste changes language, colours or keys, one or several of them.
func setTaste(v *visit) error {
	raw, err := v.posted()
	if err != nil {
		return err
	}
	p := v.who.person
	err = v.change(func(o *op.Op) error {
		return role.Taste(o, p.ID, cmp.Or(raw["lang"], p.Language), cmp.Or(raw["scheme"], p.Scheme), cmp.Or(raw["keys"], map[bool]string{true: "on"}[p.Keys]) == "on")
	})
	if err != nil {
		return err
	}
	v.s.forget()
	v.see(local(cmp.Or(raw["return"], "/konto")), "")
	return nil
}

func changePassword(v *visit) error {
	raw, err := v.posted()
	if err != nil {
		return err
	}
	err = v.s.gate.ChangePassword(v.ctx(), v.who.actor, v.who.pass.Session, v.address(), text.Cut(raw["old"], 1000), raw["new"])
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		v.tell(f)
		return v.showAccount(http.StatusUnprocessableEntity, "", f)
	}
	if err != nil {
		return err
	}
	v.s.forget()
	v.see("/konto", "Lösenordet är bytt och du är utloggad på andra ställen.")
	return nil
}

func revokeSessions(v *visit) error {
	raw, err := v.posted()
	if err != nil {
		return err
	}
	err = v.change(func(o *op.Op) error {
		if raw["session"] == "others" {
			return login.RevokeOthers(o, v.who.pass.Session)
		}
		key, _ := id.Parse[login.Session](raw["session"]) // what is no identity is no session
		return login.Revoke(o, key)
	})
	if err != nil {
		return err
	}
	v.s.forget()
	v.see("/konto", "Utloggat.")
	return nil
}

func changeTokens(v *visit) error {
	raw, err := v.posted()
	if err != nil {
		return err
	}
	if raw["revoke"] != "" {
		err := v.change(func(o *op.Op) error {
			key, _ := id.Parse[login.Token](raw["revoke"]) // what is no identity is no token
			return login.RevokeToken(o, key)
		})
		if err != nil {
			return err
		}
		v.s.forget()
		v.see("/konto", "Nyckeln är avslutad.")
		return nil
	}
	until, err := period.ParseDate(raw["until"])
	if err != nil {
		return err
	}
	token := ""
	err = v.change(func(o *op.Op) (err error) {
		token, err = login.NewToken(o, raw["name"], login.Scope(raw["scope"]), (until + 1).Start())
		return err
	})
	if err != nil {
		return err
	}
	return v.showAccount(http.StatusOK, token, nil)
}
