# METADATA
# scope: package
# title: A hook of apt patches the web interface after each update
# description: |
#  {files} change files of PVE after each update ({targets}), to take the note about the
#  subscription away or to add a theme. On NixOS these files lie in the store and cannot be
#  written, no hook runs, and a rebuild makes them anew: the interface looks as its makers
#  made it.
# custom:
#  id: PVE-SW-001
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: apt hooks
#  account: none
#  workaround: |
#   Drop the hook. Who wants the change writes it as a patch in an overlay of pve-manager or
#   proxmox-widget-toolkit (`patches = [ … ]`), which proxmox-nixos then builds; a
#   subscription supports the makers and does not have this question.
#  test:
#   before: |
#    `apt-config dump | grep -i post-invoke` on PVE shows the hook.
#   after: |
#    `curl -ks https://localhost:8006/ | grep -c pvemanagerlib` on the trial system prints
#    1, and the page shows the note or your patch.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/stable/apt/apt.conf.5.en.html
#   - https://nixos.org/manual/nixpkgs/stable/#chap-overlays
#   - https://github.com/SaumonNet/proxmox-nixos
package rules.software.interface_patches

import data.lib.lines

_words := ["no-nag", "nonag", "proxmox-widget-toolkit", "proxmoxlib", "pve-manager", "PVE/API2", "pvemanagerlib", "remove-nag", "PVEDiscordDark", "pve-nag"]

_hooks[[file, i]] := found if {
	some file, f in lines.files
	startswith(file, "/etc/apt/apt.conf.d/")
	some i, p in f.properties
	regex.match(`(?i)^dpkg::(pre|post)-invoke`, p.key)
	found := {word |
		some word in _words
		contains(p.value, word)
	}
	count(found) > 0
}

findings contains {"at": sort([lines.at(key[0], key[1]) | some key, _ in _hooks]), "vars": {
	"files": concat(", ", sort({key[0] | some key, _ in _hooks})),
	"targets": concat(", ", sort({w | some words in _hooks; some w in words})),
}} if {
	count(_hooks) > 0
}
