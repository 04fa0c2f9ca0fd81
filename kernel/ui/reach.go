package ui

import "context"

type reachKey struct{}

// WithReach says where the reader may go. A figure, a link or a row that leads
// elsewhere is shown as plain text: nobody is led to a page that refuses them.
func WithReach(ctx context.Context, may func(url string) bool) context.Context {
	return context.WithValue(ctx, reachKey{}, may)
}

// reach is url, or "" when the reader may not go there.
func reach(ctx context.Context, url string) string {
	if url == "" {
		return ""
	}
	if may, ok := ctx.Value(reachKey{}).(func(string) bool); ok && !may(url) {
		return ""
	}
	return url
}
