# METADATA
# title: Files of guests on the root that come along
# description: |
#  Snippets of the storage local by path: {at, mode}, at being all facts. Hook scripts that a guest
#  runs are not in here; they come along with the guest.
package lib.snippets

import data.lib.guesthooks
import data.lib.images

_hooks := {g.path | some g in guesthooks.list; g.root}

list[path] := {"at": sort({f.at | some f in found}), "mode": min({f.mode | some f in found})} if some path, found in _found

_found[f.path] contains {"at": sprintf("/local_files/%d", [i]), "mode": mode} if {
	some i, f in input.local_files
	regex.match(`^/var/lib/vz/snippets/[A-Za-z0-9_@+=-][A-Za-z0-9_.@+=-]{0,200}$`, f.path)
	mode := {"file": "0600", "script": "0755"}[f.kind]
	f.state != "missing"
	not f.path in _hooks
}

# METADATA
# title: Whether a volume is a snippet that comes along
has(volume) if list[images.of(volume).source.file]
