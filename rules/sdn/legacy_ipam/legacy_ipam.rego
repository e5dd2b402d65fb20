# METADATA
# scope: package
# title: The addresses of SDN guests are kept at the old place
# description: |
#  PVE's address manager of this cluster still keeps its leases in {files}, where
#  versions before 0.9.9 of libpve-network did. The one of the new host reads
#  /etc/pve/sdn/pve-ipam-state.json only and starts from nothing: it gives out
#  addresses that guests have, and guests get another one at their next start.
# custom:
#  id: PVE-SDN-008
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: SDN address manager
#  account: none
#  workaround: |
#   Update libpve-network-perl on PVE 8, whose package copies the file over, on all
#   nodes. Or copy it by hand: cp /etc/pve/priv/ipam.db
#   /etc/pve/sdn/pve-ipam-state.json, and macs.db to /etc/pve/sdn/mac-cache.json. Then
#   delete the old ones.
#  test:
#   before: |
#    `ls /etc/pve/priv/ipam.db /etc/pve/sdn/pve-ipam-state.json` on PVE prints that
#    the second does not exist.
#   after: |
#    `pvesh get /cluster/sdn/ipams/pve/status` in the trial boot prints the guests'
#    addresses.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://git.proxmox.com/?p=pve-network.git
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.sdn.legacy_ipam

_old[f.path] contains sprintf("/local_files/%d", [i]) if {
	some i, f in input.local_files
	f.path in {"/etc/pve/priv/ipam.db", "/etc/pve/priv/macs.db"}
}

_new contains f.path if {
	some f in input.local_files
	f.path in {"/etc/pve/sdn/pve-ipam-state.json", "/etc/pve/sdn/mac-cache.json"}
}

findings contains {"at": sort([at | some places in _old; some at in places]), "vars": {"files": concat(", ", sort(object.keys(_old)))}} if {
	_old["/etc/pve/priv/ipam.db"]
	not "/etc/pve/sdn/pve-ipam-state.json" in _new
}
