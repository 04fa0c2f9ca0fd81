// Package login proves who somebody is: local accounts with a password, the
// sessions of browsers, and the tokens of scripts.
//
// # Words
//
// A session is one browser that somebody has signed in with; a token lets a
// script in. A [Pass] is what either of them proves. An attempt is one try to
// sign in.
//
// # What always holds
//
//   - Passwords are stored as argon2id, tokens as SHA-256; neither can be read
//     back. A password that was hashed with older parameters is hashed again
//     the next time it is used.
//   - At most two passwords are worked on at once, whoever asks.
//   - An unknown name takes the same time and gets the same answer as a wrong
//     password.
//   - An attempt is written before the password is looked at, so that guesses
//     made at the same moment are counted too.
//
// # Not here
//
// What a person may do is kernel/role. Cookies are kernel/web.
package login
