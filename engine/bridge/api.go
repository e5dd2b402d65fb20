package bridge

// api answers what monitoring reads.
const api = ruled("api")
