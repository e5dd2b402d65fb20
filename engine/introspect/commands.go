package introspect

import "slices"

// commands is the table of all programs that a capture may run. They read; none changes the host. Nothing outside
// this table is executed.
var commands = []Command{
	// OpenZFS, zpool(8) and zfs(8): -H has no headings, -p exact numbers, -P full paths.
	{Name: "zpool list", Program: "zpool", Arguments: []string{"list", "-Hp", "-o", "name,guid,health,size,free,capacity"}},
	{Name: "zpool get", Program: "zpool", Arguments: []string{"get", "-Hp", "all"}},
	{Name: "zpool status", Program: "zpool", Arguments: []string{"status", "-P"}},
	{Name: "zfs get", Program: "zfs", Arguments: []string{"get", "-Hp", "-t", "filesystem,volume", "-o", "name,property,value,source",
		"type,used,mounted,mountpoint,encryption,keystatus"}},
	{Name: "zfs get set", Program: "zfs", Arguments: []string{"get", "-Hp", "-t", "filesystem,volume", "-o", "name,property,value,source",
		"-s", "local,received", "all"}},

	// LVM, lvmreport(7): exact numbers, and nothing that a report may leave behind: no lock, no backup of metadata, no
	// hints about devices, no log. A group that another host changes meanwhile may be seen half changed.
	{Name: "vgs", Program: "vgs", Arguments: slices.Concat(lvmReport, []string{"vg_name,vg_uuid,vg_size,vg_free,vg_missing_pv_count"})},
	{Name: "pvs", Program: "pvs", Arguments: slices.Concat(lvmReport, []string{"pv_name,vg_uuid"})},
	{Name: "lvs", Program: "lvs", Arguments: slices.Concat(lvmReport, []string{
		"vg_uuid,lv_name,segtype,pool_lv,origin,lv_size,lv_active,data_percent,metadata_percent,lv_tags", "-a"})},

	// btrfs-subvolume(8): -a lists the whole file system, whichever subvolume is mounted.
	{Name: "btrfs subvolume list", Program: "btrfs", Arguments: []string{"subvolume", "list", "-a", "--", "{mountpoint}"}},

	// ceph(8): the client logs nowhere, opens no socket of its own, and gives up before the time limit does.
	{Name: "ceph status", Program: "ceph", Arguments: slices.Concat(cephQuery, []string{"status"})},
	{Name: "ceph versions", Program: "ceph", Arguments: slices.Concat(cephQuery, []string{"versions"})},
}

// lvmReport are the arguments of every report of LVM; the columns follow.
var lvmReport = []string{"--reportformat", "json", "--units", "b", "--nosuffix", "--nolocking",
	"--config", `backup{backup=0 archive=0} devices{hints="none"} log{syslog=0} report{mark_hidden_devices=1}`, "-o"}

// cephQuery are the arguments of every question to the cluster of Ceph.
var cephQuery = []string{"--connect-timeout", "5", "--log-file=/dev/null", "--admin-socket=", "--format", "json"}
