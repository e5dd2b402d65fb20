package execute

// Superblock is superblock, for tests.
var Superblock = superblock

// StartPatience and UnitTimeout are how long units are waited for, for tests.
var StartPatience, UnitTimeout = &startPatience, &unitTimeout
