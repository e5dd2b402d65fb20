package introspect

// commands is the table of all programs that a capture may run. They read; none changes the host. Nothing outside
// this table is executed.
var commands = []Command{
	// OpenZFS, zpool(8) and zfs(8): -H has no headings, -p exact numbers, -P full paths.
	{Name: "zpool list", Program: "zpool", Arguments: []string{"list", "-Hp", "-o", "name,guid,health,size,free,capacity"}},
}
