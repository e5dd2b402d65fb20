# METADATA
# title: Images of Ceph as block devices
# description: |
#  What the kernel needs to map an image as PVE does it: the name of the image,
#  and the words that say to rbd who asks whom. The key is a copy of PVE's file,
#  because /etc/pve is not there on every target, and not when disks are
#  prepared.
package lib.rbd

import data.lib.disks
import data.lib.images
import data.lib.volumes

# METADATA
# title: An image that can be mapped
# description: |
#  volume → {storage, image, words}. Undefined for volumes of other storages and
#  for names that are no words of a shell.
of(volume) := {"storage": id, "image": image, "words": concat(" ", array.concat(["--id", user, "--keyring", keyring(id)], _servers(s)))} if {
	id := volumes.storage_of(volume)
	regex.match(`^[A-Za-z][A-Za-z0-9_.-]{0,59}$`, id)
	s := disks.storages[id]
	s.section.type == "rbd"
	image := images.of(volume).source.name
	user := images.client(s)
	regex.match(`^[A-Za-z0-9_.-]{1,64}$`, user)
}

# METADATA
# title: The copy of the key of a storage
keyring(id) := sprintf("/var/lib/pve2nix%s", [_keyring(id)])

_keyring(id) := sprintf("/etc/pve/priv/ceph/%s.keyring", [id])

_config := "/etc/pve/ceph.conf"

_servers(s) := ["-m", concat(",", words)] if {
	words := _monitors(s)
	words != []
} else := ["--conf", sprintf("/var/lib/pve2nix%s", [_config])]

_monitors(s) := [word |
	some word in regex.split(`[ ,;]+`, s.properties.monhost.property.value)
	regex.match(`^[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]{0,254}$`, word)
]

# METADATA
# title: Files that mapping needs on the new root
# description: "[{at, path, to, mode, secret}], as elements of carries, for a set of storages."
carries(ids) := array.concat(
	[{"at": [disks.storages[id].at], "path": _keyring(id), "to": keyring(id), "mode": "0600", "secret": true} | some id in sort(ids)],
	[{"at": at, "path": _config, "to": sprintf("/var/lib/pve2nix%s", [_config]), "mode": "0644", "secret": false} |
		at := sort([disks.storages[id].at | some id in ids; _servers(disks.storages[id])[0] == "--conf"])
		at != []
	],
)

# METADATA
# title: A function of the shell that maps an image
# description: |
#  map LINK IMAGE WORDS…: LINK becomes the device. Who else has the image open is
#  told by its watchers, and it is not mapped while there are any: a file system
#  that two hosts mount is lost. A host that died is none after half a minute.
functions := [
	"map() { # link, image, how Ceph is reached",
	`  ! test -b "$1" || return 0`,
	"  for _ in $(seq 30); do",
	`    case $(timeout 60 rbd "${@:3}" status "$2") in`,
	`    *"Watchers: none"*)`,
	`      device=$(timeout 60 rbd "${@:3}" device map --exclusive "$2") || return 1`,
	`      mkdir -p "$(dirname "$1")" && ln -sfn "$device" "$1"`,
	"      return",
	"      ;;",
	"    esac",
	"    sleep 2",
	"  done",
	`  echo "$2 is open on another host, or Ceph does not answer" >&2`,
	"  return 1",
	"}",
]

# METADATA
# title: Takes a mapped image away again
unmap(link) := sprintf(`! test -b %[1]s || rbd device unmap "$(readlink %[1]s)"`, [link])
