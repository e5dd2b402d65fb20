package bridge

// access keeps users, permissions and tokens.
const access = ruled("access")
