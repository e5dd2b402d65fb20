# METADATA
# scope: package
# title: Defaults of backups
# description: |
#  /etc/vzdump.conf is a file of the host, outside of the cluster database, and
#  vzdump of proxmox-nixos reads it at the same place. Lines that name a
#  directory or a program of the host are not settled by the copy.
# custom:
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-vzdump.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/VZDump.pm
package rules.backup.defaults

carries contains {"at": at, "path": "/etc/vzdump.conf", "to": "/etc/vzdump.conf", "mode": "0644", "secret": false} if {
	count(input.jobs.vzdump_defaults) > 0
	at := sort([sprintf("/jobs/vzdump_defaults/%d", [i]) |
		some i, p in input.jobs.vzdump_defaults
		not p.key in {"dumpdir", "maxfiles", "script", "tmpdir"}
	])
}

# proxmox-nixos brings zstd and gzip, but not the parallel gzip.
settings contains {"at": [], "option": ["systemd", "services", service, "path"], "value": [{"_ref": ["pkgs", "pigz"]}]} if {
	some p in input.jobs.vzdump_defaults
	p.key == "pigz"
	p.value != "0"
	some service in ["pvedaemon", "pvescheduler"]
}
