# METADATA
# scope: package
# title: ZFS shares data sets over the network by itself
# description: |
#  These data sets are shared by a property, not by /etc/exports or smb.conf:
#  {names}. The property stays in the pool, but on NixOS there is neither an
#  NFS server nor a Samba that takes shares of users, so `zfs share` fails
#  without a word at boot and all clients lose their mounts.
# custom:
#  id: PVE-STO-033
#  kind: gap
#  category: service
#  severity: major
#  component: ZFS shares
#  equivalent: services.nfs.server, services.samba
#  account: none
#  workaround: |
#   For sharenfs set services.nfs.server.enable; for sharesmb
#   services.samba.enable with services.samba.usershares.enable. Better,
#   write the shares into services.nfs.server.exports or
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

_shared[at] := d.name if {
	some i, pool in input.storage.zfs_pools
	some j, d in pool.datasets
	some p in d.properties
	p.name in {"sharenfs", "sharesmb"}
	p.origin in {"local", "received"}
	p.value != "off"
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

findings contains {"at": sort(object.keys(_shared)), "vars": {"names": concat(", ", sort({n | some n in _shared}))}} if {
	count(_shared) > 0
}
