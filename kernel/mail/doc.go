// Package mail is the outbox: a message is written in the transaction that
// calls for it, and sent afterwards, outside any transaction.
//
// # Words
//
// A [Message] has a key, which says what it is about. A [Postman] carries
// messages to a [Sender], one at a time; [SMTP] is the sender of a running
// program.
//
// # What always holds
//
//   - Asked for twice with the same key, a message is written once.
//   - Its Message-ID is made of the key: it is the same at every try.
//   - What a server may already have taken is never sent again by itself. When
//     the answer was lost, or the program died while it was sending, the message
//     is unsure, and a person decides.
//   - A server that refuses for now is tried again, ever more seldom; one that
//     refuses for good ends the message.
//
// # Not here
//
// What is written and to whom. Receiving mail.
package mail
