# METADATA
# scope: package
# title: "PVE {major} runs on Debian {codename}, which it is not made for"
# description: |
#  PVE {major} belongs to Debian {want}. With {codename} below it an upgrade ended in the
#  middle, or somebody changed the base alone. Perl, QEMU's libraries and the units of
#  systemd are of another release than PVE was built for; no version of its checks describes
#  such a host, and what this report says of defaults of {codename} or of PVE {major} may not
#  hold here.
# custom:
#  id: PVE-UPG-004
#  kind: pitfall
#  category: package
#  severity: major
#  component: upgrade of PVE
#  account: none
#  workaround: |
#   Complete the upgrade (`apt update`, `apt full-upgrade` with the sources of one release,
#   reboot) until `pveversion` and /etc/debian_version belong together, and capture again.
#  test:
#   before: |
#    `. /etc/os-release; echo $VERSION_CODENAME` prints {codename}, and `pveversion`
#    pve-manager/{major}.
#   after: |
#    `pveversion` and `. /etc/os-release; echo $VERSION_CODENAME` print a pair of the support
#    table.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-faq.html#faq-support-table
package rules.upgrade.other_debian

findings contains {"at": ["/host/codename", "/host/pve_version"], "vars": {"major": input.host.pve_major, "codename": input.host.codename, "want": want}} if {
	want := data.catalog.pve_releases[sprintf("%d", [input.host.pve_major])].debian
	data.catalog.debian_releases[input.host.codename]
	input.host.codename != want
}
