package app

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"kontor/kernel/fault"
	"kontor/kernel/login"
	"kontor/kernel/op"
	"kontor/kernel/period"
	"kontor/kernel/role"
)

type userCmd struct {
	Add addUserCmd `cmd:"" help:"Make the first account of an installation, or any other. The password is read from standard input. Example: echo … | kontor user add --dir kontor-data --name 'Maja Ek' --role sysadmin maja.ek"`
}

type addUserCmd struct {
	Where
	User string   `arg:"" help:"What the person signs in with."`
	Name string   `required:"" help:"The person's name."`
	Role []string `required:"" help:"Roles, for all clients: assistant, accountant, sysadmin, unitmanager, head, auditor."`
}

var errWeak = fault.New(fault.Invalid, "APP-030", "Lösenordet duger inte. %s")

func (c addUserCmd) Run(ctx context.Context, std IO) error {
	s := bufio.NewScanner(std.In)
	s.Scan()
	password := strings.TrimRight(s.Text(), "\r\n")
	if why := login.Weak(c.User, password); why != "" {
		return errWeak.With(why)
	}
	hash, err := login.Hash(ctx, password)
	if err != nil {
		return err
	}
	p, _, err := prepare(ctx, c.Where, std)
	if err != nil {
		return err
	}
	defer p.close()
	err = p.Do(ctx, fullAccess(system), func(o *op.Op) error {
		who := &role.Person{Name: c.Name, Kind: op.Person, Language: "sv", Active: true}
		if err := role.Add(o, who); err != nil {
			return err
		}
		for _, r := range c.Role {
			if err := role.Assign(o, Roles, &role.Assignment{Person: who.ID, Role: role.Name(r), ValidFrom: period.DateOf(o.Now)}); err != nil {
				return err
			}
		}
		return login.Put(o, who.ID, c.User, hash)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(std.Out, "Kontot %s är upplagt för %s.\n", c.User, c.Name)
	return nil
}
