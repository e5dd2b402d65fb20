# METADATA
# scope: package
# title: "Mounts need Kerberos: {places}"
# description: |
#  These mounts use a security of Kerberos (sec=krb5…). They need the keytab
#  of the host, rpc.gssd or the helper cifs.upcall that the kernel calls by
#  /etc/request-key.conf, and a krb5.conf. None of these comes with the mount
#  on NixOS: it is refused, and PVE shows the storage as offline.
# custom:
#  id: PVE-STO-055
#  kind: gap
#  category: service
#  severity: major
#  component: NFS and CIFS mounts
#  equivalent: security.krb5
#  account: none
#  workaround: |
#   For NFS the bridge carries /etc/krb5.keytab and krb5.conf and starts
#   rpc-gssd, where the host has a keytab; `systemctl status rpc-gssd` must be
#   active. For CIFS set security.krb5.enable, add keyutils and cifs-utils and
#   environment.etc."request-key.d/cifs.spnego.conf".
#  test:
#   before: |
#    `klist -k` on PVE lists the principals of the host, and `findmnt -t
#    nfs,nfs4,cifs -o TARGET,OPTIONS` shows sec=krb5.
#   after: |
#    `findmnt -t nfs,nfs4,cifs -o TARGET,OPTIONS` on the trial system shows
#    the same lines.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man5/nfs.5.html
#   - https://man7.org/linux/man-pages/man8/mount.cifs.8.html
#   - https://search.nixos.org/options?query=security.krb5
package rules.storage.kerberos_mounts

import data.lib.disks

_places[at] := f.file if {
	some i, f in input.storage.fstab
	some o in f.options
	startswith(o, "sec=krb5")
	at := sprintf("/storage/fstab/%d", [i])
}

_places[s.at] := id if {
	some id, s in disks.storages
	some o in split(s.properties.options.property.value, ",")
	startswith(o, "sec=krb5")
}

findings contains {"at": sort(object.keys(_places)), "vars": {"places": concat(", ", sort([p | some p in _places]))}} if {
	count(_places) > 0
}

# The kernel asks rpc.gssd for mounts of NFS; those of CIFS need another helper.
_nfs contains sprintf("/storage/fstab/%d", [i]) if {
	some i, f in input.storage.fstab
	f.type in {"nfs", "nfs4"}
}

_nfs contains s.at if {
	some s in disks.storages
	s.section.type == "nfs"
}

_kept := [at | some at in sort(object.keys(_places)); at in _nfs]

_keytab := [sprintf("/local_files/%d", [i]) |
	some i, f in input.local_files
	f.path == "/etc/krb5.keytab"
	not object.get(f, "state", "") == "missing"
][0]

_ready if {
	count(_kept) > 0
	_keytab
}

# Where it says nothing of its own, realm and servers come from the name server, as here.
_settings := "/etc/krb5.conf"

_there := [sprintf("/config_files/%d/properties/%d", [i, j]) |
	some i, f in input.config_files
	f.path == _settings
	some j, _ in f.properties
]

bridges contains {"at": _kept, "bridge": "storage", "params": {"unit": "rpc-gssd.service"}} if _ready

settings contains {"at": _kept, "option": option, "value": value} if {
	_ready
	some [option, value] in [
		[["security", "krb5", "enable"], true],
		[["systemd", "services", "rpc-gssd", "wantedBy"], ["nfs-client.target"]],
		[["systemd", "services", "rpc-gssd", "before"], ["remote-fs-pre.target"]],
	]
}

settings contains {"at": _there, "option": ["security", "krb5", "settings", "include"], "value": [concat("", ["/var/lib/pve2nix", _settings])]} if {
	_ready
	count(_there) > 0
}

carries contains {"at": _there, "path": _settings, "to": concat("", ["/var/lib/pve2nix", _settings]), "mode": "0644", "secret": false} if {
	_ready
	count(_there) > 0
}

carries contains {"at": [_keytab], "path": "/etc/krb5.keytab", "to": "/etc/krb5.keytab", "mode": "0600", "secret": true} if _ready

checks contains {"at": _kept, "check": "unit-active", "params": {"unit": "rpc-gssd.service"}, "required": false} if _ready
