package bridge

// ha starts again what a manager of several nodes would have started.
const ha = ruled("ha")
