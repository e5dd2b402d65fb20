# METADATA
# scope: package
# title: Temporary files in memory
# description: |
#  /tmp is a file system in memory, as large as it is here: a restart empties it, and what
#  fills it does not fill the root.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=boot.tmp.useTmpfs
#   - https://www.kernel.org/doc/html/latest/filesystems/tmpfs.html
package rules.storage.tmp_in_memory

_tmp[i] := f if {
	some i, f in input.storage.fstab
	f.type == "tmpfs"
	f.file == "/tmp"
	not "noauto" in f.options
}

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["boot", "tmp", "useTmpfs"], "value": true} if {
	some i, _ in _tmp
	count(_tmp) == 1
}

settings contains {"at": [sprintf("/storage/fstab/%d", [i])], "option": ["boot", "tmp", "tmpfsSize"], "value": size} if {
	some i, f in _tmp
	count(_tmp) == 1
	some option in f.options
	some [_, size] in regex.find_all_string_submatch_n(`^size=([1-9][0-9]{0,14}[kKmMgG%]?)$`, option, 1)
}
