# METADATA
# scope: package
# title: Units take secrets from the copies of their files
# description: |
#  {units} have lines that may hold a password or a key ({keys}). Nix would
#  show them to every user of the host, so they are not in the configuration:
#  at each start of the system they are read from the copies below
#  /var/lib/pve2nix/etc/systemd/system and laid beside the units, as drop-ins
#  in /run/systemd/system. Without the copies the units start without their
#  variables, or not at all.
# custom:
#  id: PVE-SYS-019
#  kind: pitfall
#  category: service
#  severity: minor
#  component: systemd units
#  equivalent: systemd.services.<name>.serviceConfig.EnvironmentFile
#  account: none
#  workaround: |
#   Keep the copies with mode 0600. Later put variables into a file of their
#   own and name it in systemd.services.NAME.serviceConfig.EnvironmentFile, a
#   command line into a script that reads its secret from a file, and delete
#   the copy and system.activationScripts.carriedSettings.
#  test:
#   before: |
#    `systemctl show NAME -p Environment -p ExecStart` on PVE prints the values.
#   after: |
#    `systemctl show NAME -p Environment -p ExecStart` on the trial system
#    prints the same values, and `grep -r VALUE /nix/store` prints nothing.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
#   - https://search.nixos.org/options?query=system.activationScripts
package rules.system.carried_settings

import data.lib.facts
import data.lib.localunits

_of[i] := keys if {
	some i, keys in localunits.secret
	every file in _files(i) {
		facts.plain_path(file)
	}
}

_files(i) := array.concat([input.units[i].fragment_path], [d | some d in input.units[i].drop_ins; startswith(d, "/etc/systemd/system/")])

findings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _of]), "vars": {
	"units": concat(", ", sort([input.units[i].name | some i, _ in _of])),
	"keys": concat(", ", sort({regex.replace(key, `^[^.]*\.`, "") | some keys in _of; some key in keys})),
}} if {
	count(_of) > 0
}

# All lines of a key come from one place, so that their order is kept.
_program := [
	`carried() {`,
	`  local more= keep= section= line key`,
	`  if [ ! -e "$3" ]; then return 0; fi`,
	`  mkdir -p "/run/systemd/system/$1.d"`,
	`  (umask 077; while IFS= read -r line || [ -n "$line" ]; do`,
	`    if [ -z "$more" ]; then`,
	`      keep= key=${line%%=*} key=${key//[[:space:]]/}`,
	`      case "$line" in`,
	`        '['*) section=${line#?} section=${section%%]*} ;;`,
	`        *) case " $4 " in *" $section.$key "*) keep=1; printf '[%s]\n' "$section" ;; esac ;;`,
	`      esac`,
	`    fi`,
	`    if [ -n "$keep" ]; then printf '%s\n' "$line"; fi`,
	`    case "$more$line" in 1'#'* | 1';'*) ;; *\\) more=1 ;; *) more= ;; esac`,
	`  done < "$3" > "/run/systemd/system/$1.d/carried-$2.conf")`,
	`}`,
]

_calls := [sprintf("carried '%s' %d '/var/lib/pve2nix%s' '%s'", [input.units[i].name, n, file, concat(" ", sort(keys))]) |
	some i, keys in _of
	some n, file in _files(i)
]

settings contains {"at": sort([sprintf("/units/%d", [i]) | some i, _ in _of]), "option": ["system", "activationScripts", "carriedSettings", "text"], "value": concat("\n", array.concat(_program, array.concat(_calls, [""])))} if {
	count(_of) > 0
}
