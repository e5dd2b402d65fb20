package introspect

// dmiDir holds what the firmware's tables say of the machine. Serial numbers stand there too; they say nothing about
// how the host behaves, and are not read.
const dmiDir = "/sys/class/dmi/id"

// collectMachine takes what the firmware says of the machine and of itself.
func collectMachine(c *capture) {
	a := c.area("host.machine", sourceFile)
	if !sysfs(a, dmiDir) {
		return
	}
	host := &c.out.Host
	host.Vendor = a.attribute(dmiDir + "/sys_vendor")
	host.Product = a.attribute(dmiDir + "/product_name")
	host.Board = a.attribute(dmiDir + "/board_name")
	host.FirmwareVersion = a.attribute(dmiDir + "/bios_version")
	host.FirmwareDate = a.attribute(dmiDir + "/bios_date")
}
