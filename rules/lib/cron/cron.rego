# METADATA
# title: Cron jobs that call tools of PVE
package lib.cron

_tools := {
	"ha-manager", "pct", "pve-zsync", "pveam", "pveceph", "pvecm", "pvefw-logger", "pvenode", "pveperf", "pvesh",
	"pvesm", "pvesr", "pvesubscription", "pveum", "pveupdate", "pveversion", "qm", "qmrestore", "vzdump",
	"proxmox-backup-client", "proxmox-boot-tool",
}

# METADATA
# title: Jobs by index
# description: index → name of the tool. The table that PVE wrote before 7.1 is left out, its jobs are facts of their own.
pve[i] := tool if {
	some i, job in input.system.cron
	not startswith(job.source, "/etc/cron.d/vzdump:")
	parts := split(job.program, "/")
	tool := parts[count(parts) - 1]
	tool in _tools
}
