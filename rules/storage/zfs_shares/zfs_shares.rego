# METADATA
# scope: package
# title: ZFS shares data sets over the network by itself
# description: |
#  These data sets are shared by a property, not by /etc/exports or smb.conf:
#  {names}. The property stays in the pool, but NixOS starts neither an NFS
#  server nor a Samba that takes shares of users by itself, so `zfs share`
#  fails without a word at boot and all clients lose their mounts.
# custom:
#  id: PVE-STO-033
#  kind: gap
#  category: service
#  severity: major
#  component: ZFS shares
#  equivalent: services.nfs.server, services.samba
#  account: none
#  workaround: |
#   Where the NFS server runs here the bridge starts it
#   (services.nfs.server.enable) and ZFS exports what sharenfs says. For
#   sharesmb set services.samba.enable with
#   services.samba.usershares.enable. Better, write the shares into services.nfs.server.exports or
#   services.samba.settings and set the property to off after PVE is no
#   longer the way back. Open the ports in networking.firewall where it is
#   on.
#  test:
#   before: |
#    `zfs get -H -s local,received -o name,property,value sharenfs,sharesmb`
#    on PVE lists {names}, and `showmount -e localhost` shows them.
#   after: |
#    `showmount -e localhost` or `smbclient -N -L localhost` on the trial
#    system lists the same shares, and a client can mount one.
#  phase: run
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html
#   - https://search.nixos.org/options?query=services.nfs.server
#   - https://search.nixos.org/options?query=services.samba.usershares.enable
package rules.storage.zfs_shares

import data.lib.facts

_properties[at][p.name] := d.name if {
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	some p in d.properties
	p.name in {"sharenfs", "sharesmb"}
	p.origin in {"local", "received"}
	p.value != "off"
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

_names := {name | some found in _properties; some name in found}

findings contains {"at": sort(object.keys(_properties)), "vars": {"names": concat(", ", sort(_names))}} if {
	count(_properties) > 0
}

# zfs-share exports them at boot, to a server that runs.
_exported := sort([at | some at, found in _properties; object.keys(found) == {"sharenfs"}])

_kept if {
	count(_exported) > 0
	some unit in ["nfs-kernel-server.service", "nfs-server.service"]
	unit in facts.in_use
}

bridges contains {"at": _exported, "bridge": "storage", "params": {"unit": "nfs-server.service", "closes": ["PVE-STO-033"]}} if _kept

settings contains {"at": _exported, "option": ["services", "nfs", "server", "enable"], "value": true} if _kept
