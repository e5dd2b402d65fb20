package bridge

// kernel gives the host a kernel with the modules that it had.
const kernel = ruled("kernel")
