// Package web serves the pages, the JSON API and the exports, most of them made
// from the modules' descriptions.
//
// # Words
//
// A [Site] is everything that is shown, as plain values that app fills from the
// modules. A [Route] is a page unlike all others, an [Answer] what it gives. A
// visit is one request with whoever stands behind it.
//
// # What always holds
//
//   - A page is a view of one snapshot; a change is one operation.
//   - Whoever is not signed in sees the way in, the style and whether the
//     program lives; nothing else.
//   - What the actor may not see is not found, on every door alike.
//   - A change is refused when another site asked for it.
//   - A page holds no script and no style of its own: the policy refuses both.
//   - What was asked, searched for or written is not in the program's log.
//
// # Not here
//
// What things look like is kernel/ui. Which modules there are is app.
package web
