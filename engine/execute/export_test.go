package execute

// Superblock is superblock, for tests.
var Superblock = superblock
