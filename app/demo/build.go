package demo

// inboxName is the folder of the files, in the folder of the demo.
const inboxName = "inbox"
