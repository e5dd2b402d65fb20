package bridge

// container runs containers for which the target has no manager.
const container = ruled("container")
