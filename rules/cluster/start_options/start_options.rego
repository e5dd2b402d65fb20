# METADATA
# scope: package
# title: "Corosync is started with options that NixOS does not give it: {options}"
# description: |
#  /etc/default/corosync sets COROSYNC_OPTIONS to {options}. The unit of proxmox-nixos runs
#  `corosync -f $COROSYNC_OPTIONS` as Debian's does, but reads no such file, so the variable
#  is empty there. Options that raise or lower its priority decide whether tokens are lost
#  under load, and the converted node behaves otherwise than the others.
# custom:
#  id: PVE-CLU-027
#  kind: gap
#  category: configuration
#  severity: minor
#  component: corosync
#  equivalent: systemd.services.corosync.environment
#  account: lost
#  bridge: cluster
#  workaround: |
#   Set systemd.services.corosync.environment.COROSYNC_OPTIONS = "{options}", or move what it
#   does into /etc/pve/corosync.conf, where all nodes have it.
#  test:
#   before: |
#    `systemctl show corosync -p EnvironmentFiles` names /etc/default/corosync, and `ps -o
#    args= -C corosync` shows {options}.
#   after: |
#    `ps -o args= -C corosync` on the trial system shows {options} too.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/cluster.nix
#   - https://manpages.debian.org/trixie/corosync/corosync.8.en.html
package rules.cluster.start_options

import data.lib.facts
import data.lib.pve

_options[at] := p.value if {
	pve.clustered
	"corosync.service" in facts.in_use
	some i, f in input.config_files
	f.path == "/etc/default/corosync"
	some j, p in f.properties
	p.key == "COROSYNC_OPTIONS"
	p.value != ""
	at := sprintf("/config_files/%d/properties/%d", [i, j])
}

findings contains {"at": [at], "vars": {"options": options}} if some at, options in _options

# Words that systemd and corosync read alike: no quotes, no percent signs, no variables.
_plain[at] := options if {
	some at, options in _options
	regex.match(`^-[A-Za-z0-9 =._-]{0,255}$`, options)
}

bridges contains {"at": [at], "bridge": "cluster", "params": {"options": options}} if some at, options in _plain

settings contains {"at": [at], "option": ["systemd", "services", "corosync", "environment", "COROSYNC_OPTIONS"], "value": options} if some at, options in _plain
