# METADATA
# scope: package
# title: Credentials of a share lie on PVE's root
# description: |
#  fstab mounts {files} with a file of user and password that lies on the
#  root of PVE. It is copied to the same path on the new root; without it
#  the mount fails, and with the wrong mode every user of the host can read
#  the password.
# custom:
#  id: PVE-STO-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: CIFS mount
#  equivalent: fileSystems.<name>.options
#  account: none
#  workaround: |
#   Check after the conversion that the file belongs to root with mode 0600,
#   or give it to a manager of secrets (sops-nix, agenix) and name its path
#   in the options. Never write the password into the configuration: the Nix
#   store is readable by all.
#  test:
#   before: |
#    `grep credentials= /etc/fstab` names the file.
#   after: |
#    `stat -c "%a %U" FILE` on the trial system prints `600 root`, and
#    `findmnt` shows the mount.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man8/mount.cifs.8.html
#   - https://search.nixos.org/options?query=fileSystems
package rules.storage.fstab_credentials

import data.lib.mounts

findings contains {"at": at, "vars": {"files": concat(", ", sort([c.file | some c in mounts.credentials]))}} if {
	at := sort([c.at | some c in mounts.credentials])
	count(at) > 0
}
