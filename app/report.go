package app

type reportCmd struct{}
