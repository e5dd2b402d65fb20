package bridge

// configuration writes files of the old manager in their new form.
const configuration = ruled("configuration")
