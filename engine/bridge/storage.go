package bridge

// storage mounts, maps and imports what the old manager did.
const storage = ruled("storage")
