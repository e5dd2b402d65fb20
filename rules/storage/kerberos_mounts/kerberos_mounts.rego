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
#   Copy /etc/krb5.keytab with mode 0600 to the new root, set
#   security.krb5.enable with security.krb5.settings; for CIFS add keyutils
#   and cifs-utils and environment.etc."request-key.d/cifs.spnego.conf".
#   `systemctl status rpc-gssd` must be active for NFS.
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
