package bridge

// companion runs programs of the old root, as a machine of its own on the host.
const companion = ruled("companion")
