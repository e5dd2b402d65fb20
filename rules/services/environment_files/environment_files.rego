# METADATA
# scope: package
# title: Variables of own units name what Debian has
# description: |
#  {units} read {files} as EnvironmentFile. The files are copied to the same place as they are,
#  since they may hold secrets. Options in them that name programs or data of Debian
#  (/usr/lib, /usr/share) lead nowhere, and without a dash in front a missing file stops the
#  unit before it starts (`Failed to load environment files`).
# custom:
#  id: PVE-SVC-004
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  equivalent: "systemd.services.<name>.serviceConfig.EnvironmentFile"
#  account: none
#  workaround: |
#   Read each file for paths. What holds no secret can become
#   systemd.services.NAME.environment; what does stays a file with mode 0600 that
#   systemd.services.NAME.serviceConfig.EnvironmentFile names.
#  test:
#   before: |
#    `systemctl show NAME -p EnvironmentFiles` on PVE prints the files.
#   after: |
#    `systemctl start NAME` on the trial system succeeds, and `systemctl show NAME -p
#    EnvironmentFiles` prints the same paths.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
#   - https://search.nixos.org/options?query=environment.etc
package rules.services.environment_files

import data.lib.localunits

_files[i] contains file if {
	some file, indexes in localunits.environment
	some i in indexes
	object.get(input.units[i], "file_state", "") != "disabled"
}

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _files]), "vars": {
	"units": concat(", ", sort([input.units[i].name | some i, _ in _files])),
	"files": concat(", ", sort({f | some files in _files; some f in files})),
}} if {
	count(_files) > 0
}

_local[f.path] contains sprintf("/local_files/%d", [i]) if some i, f in input.local_files

carries contains {"at": sort(object.get(_local, file, set())), "path": file, "to": file, "mode": "0600", "secret": true} if {
	some file, _ in localunits.environment
}
