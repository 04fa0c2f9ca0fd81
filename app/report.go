package app

import (
	"context"

	"kontor/kernel/op"
	"kontor/kernel/text"
	tertial "kontor/prove/report"
)

type reportCmd struct {
	Tertial tertialCmd `cmd:"" help:"The tertial report. Example: kontor report tertial --dir city --year 2026 --tertial 3 --format html > report.html"`
}

type tertialCmd struct {
	Where
	Year    int    `required:"" help:"Year, as 2026."`
	Tertial int    `required:"" enum:"1,2,3" help:"1, 2 or 3."`
	Format  string `enum:"html,json" default:"html" help:"html, a page that stands by itself, or json."`
	Lang    string `enum:"sv,en" default:"sv" help:"sv or en."`
}

func (c tertialCmd) Run(ctx context.Context, std IO) error {
	p, err := open(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	var out []byte
	err = p.View(text.With(ctx, c.Lang), fullAccess(system), func(o *op.Op) error {
		r, err := tertial.Tertial(o, c.Year, c.Tertial)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			out, err = r.JSON()
			return err
		}
		out, err = r.HTML(o)
		return err
	})
	if err != nil {
		return err
	}
	_, err = std.Out.Write(append(out, '\n'))
	return err
}
