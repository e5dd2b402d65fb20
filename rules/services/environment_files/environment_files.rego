# METADATA
# scope: package
# title: Own units read files that are not on the new root
# description: |
#  {units} read {files} as EnvironmentFile, and without a dash in front a missing file stops
#  the unit before it starts (`Failed to load environment files`). /etc of NixOS holds only
#  what options put there.
# custom:
#  id: PVE-SVC-004
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  equivalent: "systemd.services.<name>.serviceConfig.EnvironmentFile"
#  account: none
#  workaround: |
#   Carry each file to a place that stays (/var/lib/secrets/NAME, mode 0600), or make it
#   with environment.etc where it holds no secret, and name that path in
#   systemd.services.NAME.serviceConfig.EnvironmentFile.
#  test:
#   before: |
#    `systemctl show NAME -p EnvironmentFiles` on PVE prints the files.
#   after: |
#    `systemctl start NAME` on the trial system succeeds, and `systemctl show NAME -p
#    EnvironmentFiles` prints the new paths.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
#   - https://search.nixos.org/options?query=environment.etc
package rules.services.environment_files

_files[i] := files if {
	some i, u in input.units
	startswith(u.fragment_path, "/etc/systemd/system/")
	not object.get(u, "file_state", "") in {"alias", "disabled", "masked"}
	files := {s.value |
		some s in u.detail.settings
		s.key == "Service.EnvironmentFile"
		startswith(s.value, "/")
	}
	count(files) > 0
}

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _files]), "vars": {
	"units": concat(", ", sort([input.units[i].name | some i, _ in _files])),
	"files": concat(", ", sort({f | some files in _files; some f in files})),
}} if {
	count(_files) > 0
}
