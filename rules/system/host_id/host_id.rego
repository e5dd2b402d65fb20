# METADATA
# scope: package
# title: Id of the host
# description: |
#  Keeps the id of /etc/hostid with and without ZFS: programs ask for it by
#  gethostid(3), licences among them, and a pool that is made later is bound to it.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.hostId
#   - https://man7.org/linux/man-pages/man3/gethostid.3.html
package rules.system.host_id

settings contains {"at": ["/host/hostid"], "option": ["networking", "hostId"], "value": lower(input.host.hostid)} if {
	regex.match(`^[0-9A-Fa-f]{8}$`, input.host.hostid)
}
