# METADATA
# scope: package
# title: "Newer configuration of packages waits beside the files in use: {files}"
# description: |
#  An upgrade brought {files}, somebody kept the old file, and nobody has merged the two
#  since. The program runs with a file for its former version: settings that were renamed
#  since then are ignored, and defaults that the maintainers changed, often for security, are
#  not in force. This report describes the old file as if it were meant.
# custom:
#  id: PVE-UPG-008
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: configuration files of packages
#  account: none
#  workaround: |
#   Look at each (`diff FILE FILE.dpkg-dist`), take over what is wanted, restart the service,
#   and remove the copy. Then capture again.
#  test:
#   before: |
#    `find /etc -name "*.dpkg-dist" -o -name "*.dpkg-new" -o -name "*.ucf-dist" -o -name
#    "*.ucf-new"` prints {files}.
#   after: |
#    `find /etc -name "*.dpkg-dist" -o -name "*.dpkg-new" -o -name "*.ucf-dist" -o -name
#    "*.ucf-new"` prints nothing.
#  phase: prepare
#  sources:
#   - https://www.debian.org/doc/debian-policy/ap-pkg-conffiles.html
#   - https://manpages.debian.org/bookworm/ucf/ucf.1.en.html
package rules.upgrade.unmerged_files

_waiting[f.path] contains sprintf("/local_files/%d", [i]) if {
	some i, f in input.local_files
	regex.match(`\.(dpkg|ucf)-(dist|new)$`, f.path)
	startswith(f.path, "/etc/")
}

findings contains {"at": sort([at | some places in _waiting; some at in places]), "vars": {"files": concat(", ", sort(object.keys(_waiting)))}} if count(_waiting) > 0
