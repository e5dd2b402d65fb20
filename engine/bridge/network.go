package bridge

// network makes what the old network tool made of the configuration.
const network = ruled("network")
