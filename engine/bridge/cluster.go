package bridge

// cluster keeps the membership of the node.
const cluster = ruled("cluster")
