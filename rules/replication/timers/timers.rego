# METADATA
# scope: package
# title: Copies of guests on other nodes are renewed
# description: |
#  A timer for each job of replication that sends volumes on ZFS of a guest of this node to
#  a node of the cluster. It goes on from the snapshots that PVE has left, and sends what has
#  changed since, by the key of root that the other node knows. It never writes where the
#  other node has something else by that name, nor where it runs the guest itself.
# custom:
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesr.html
#   - https://git.proxmox.com/?p=pve-guest-common.git;a=blob;f=src/PVE/Replication.pm
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=src/PVE/Storage/ZFSPoolPlugin.pm
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-send.8.html
#   - https://openzfs.github.io/openzfs-docs/man/master/8/zfs-receive.8.html
package rules.replication.timers

import data.lib.backups
import data.lib.calendar
import data.lib.cluster
import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.lxc
import data.lib.network
import data.lib.pve
import data.lib.replication
import data.lib.volumes
import data.lib.waits

_jobs[id] := object.union(job, {"event": event, "address": address, "sources": sources, "rate": _rate(properties), "said": sort(array.concat([job.at], [p.at | some key, p in properties; key != "disable"]))}) if {
	some id, job in replication.jobs
	not job.disabled
	_here(job.vmid)
	job.target != input.host.name
	guard.host_label(job.target)
	guard.host_label(input.host.name)
	address := _address(job.target)
	properties := facts.section_properties(input.cluster.replication[to_number(trim_prefix(job.at, "/cluster/replication/"))], job.at)
	event := _event(properties)
	sources := [_source(v) | some v in sort(_volumes[job.vmid])]
	count(sources) > 0
	every s in sources {
		s != ""
	}
}

_here(vmid) if {
	data.target == "incus"
	incus.instances[vmid]
	pve.vms[vmid]
}

_here(vmid) if {
	data.target == "libvirt"
	pve.vms[vmid]
}

_here(vmid) if {
	data.target == "libvirt"
	vmid in lxc.ready
}

_address(name) := address if {
	address := cluster.members[name].node.addresses[0]
	_reached(address)
}

_reached(address) if network.ip(address)

_reached(address) if guard.domain(address)

# Source of the default: https://pve.proxmox.com/pve-docs/chapter-pvesr.html#pvesr_schedule_time_format
_event(properties) := calendar.event(object.get(properties, ["schedule", "property", "value"], "*/15"))

# Millions of bytes in a second.
_rate(properties) := sprintf("%d", [ceil(to_number(text) * 1000000)]) if {
	text := properties.rate.property.value
	regex.match(`^[0-9]{1,6}(\.[0-9]{1,6})?$`, text)
	to_number(text) > 0
} else := ""

# One that is left out by its own word, or that the other node has anyway, is no part of a copy.
_volumes[vmid] contains v.volume if {
	some v in volumes.list
	v.kind == "disk"
	vmid := v.vmid
	not _left_out(v)
	not facts.truthy(object.get(facts.storages[v.storage].properties, ["shared", "property", "value"], "0"))
}

_left_out(v) if facts.field(facts.guests[v.vmid].config[v.key].property, "replicate") in {"0", "no", "off", "false"}

# What is no volume of ZFS makes the whole job one that PVE would not run either.
_source(volume) := source if {
	source := backups.source(volume)
	regex.match(`^(zfs|zvol):`, source)
} else := ""

_folder := "/var/lib/pve2nix/replication"

_known(job) := [
	{"path": "/etc/pve/priv/known_hosts", "to": sprintf("%s/known_hosts", [_folder])},
	{"path": sprintf("/etc/pve/nodes/%s/ssh_known_hosts", [job.target]), "to": sprintf("%s/known_hosts.%s", [_folder, job.target])},
]

_keys := [{"path": sprintf("/root/.ssh/%s", [name]), "to": sprintf("%s/%s", [_folder, name])} | some name in ["id_rsa", "id_ed25519"]]

carries contains object.union(file, {"at": job.said, "mode": "0600", "secret": true}) if {
	some job in _jobs
	some file in array.concat(_keys, _known(job))
}

settings contains {"at": job.said, "option": array.concat(["systemd", "services", sprintf("replicate-%s", [id])], path), "value": value} if {
	some id, job in _jobs
	some [path, value] in [
		[["description"], sprintf("Copy of guest %d on %s", [job.vmid, job.target])],
		[["after"], ["network-online.target", "zfs.target"]],
		[["wants"], ["network-online.target"]],
		[["path"], [{"_ref": ["config", "boot", "zfs", "package"]}, {"_ref": ["config", "programs", "ssh", "package"]}, {"_ref": ["pkgs", "pv"]}]],
		[["restartIfChanged"], false],
		[["unitConfig", "ConditionPathExists"], waits.condition],
		[["environment"], {
			"ADDRESS": job.address,
			"JOB": id,
			"LC_ALL": "C",
			"NODE": input.host.name,
			"RATE": job.rate,
			"TARGET": job.target,
			"VMID": sprintf("%d", [job.vmid]),
			"VOLUMES": concat(" ", job.sources),
		}],
		[["script"], _script],
		[["serviceConfig"], {"Type": "oneshot"}],
	]
}

settings contains {"at": job.said, "option": array.concat(["systemd", "timers", sprintf("replicate-%s", [id])], path), "value": value} if {
	some id, job in _jobs
	some [path, value] in [
		[["description"], sprintf("Time of the copy of guest %d on %s", [job.vmid, job.target])],
		[["wantedBy"], ["timers.target"]],
		[["timerConfig"], {"OnCalendar": job.event}],
	]
}

bridges contains {"at": job.said, "bridge": "cluster", "params": {"unit": sprintf("replicate-%s.timer", [id]), "target": job.target}} if some id, job in _jobs

checks contains {"at": [job.at], "check": "unit-active", "params": {"unit": sprintf("replicate-%s.timer", [id])}, "required": false} if some id, job in _jobs

# A snapshot that arrived stays, even if a later volume fails: the next run goes on from it.
_script := `set -o pipefail
folder=/var/lib/pve2nix/replication
prefix=__replicate_${JOB}_
now=$prefix$(date +%s)__
left=

remote() {
  ssh -o BatchMode=yes -o ConnectTimeout=10 -o "HostKeyAlias=$TARGET" -o IdentitiesOnly=yes \
    -o "IdentityFile=$folder/id_ed25519" -o "IdentityFile=$folder/id_rsa" -o StrictHostKeyChecking=yes \
    -o "UserKnownHostsFile=$folder/known_hosts.$TARGET $folder/known_hosts" "root@$ADDRESS" "$@"
}

slowly() {
  if test -n "$RATE"; then pv -q -L "$RATE"; else cat; fi
}

leave() {
  for data in $left; do zfs destroy "$data@$now" || true; done
}

refuse() {
  echo "$*: nothing is sent" >&2
  exit 1
}

# Where another node has the guest now, its disks there are the newer ones.
for file in $(remote "ls -d /etc/pve/nodes/*/qemu-server/$VMID.conf /etc/pve/nodes/*/lxc/$VMID.conf 2>/dev/null || true"); do
  case $file in
  "/etc/pve/nodes/$NODE/"*) ;;
  *) refuse "guest $VMID belongs to another node: $file" ;;
  esac
done

for volume in $VOLUMES; do left="$left ${volume#*:}"; done
trap leave EXIT
zfs snapshot $(for data in $left; do echo "$data@$now"; done)

for volume in $VOLUMES; do
  data=${volume#*:} base= force=
  there=$(remote "zfs list -Hpo name,guid -d 1 -t snapshot $data 2>/dev/null || true" | tr '\t' ' ')
  here=$(zfs list -Hpo name,guid -s creation -d 1 -t snapshot "$data" | tr '\t' ' ')
  while read -r line; do
    if test -n "$line" && grep -qxF "$line" <<<"$there"; then
      base=${line%% *}
      base=${base#*@}
    fi
  done <<<"$here"
  if test -n "$base"; then
    written=$(remote "zfs get -Hpo value 'written@$base' $data")
    test "$written" -le 1048576 || refuse "$TARGET has written to $data"
    # What is mounted there has times of access.
    case $volume in zfs:*) force=-F ;; esac
    zfs send -p -I "@$base" "$data@$now" | slowly | remote "zfs receive $force $data"
  elif test -n "$(remote "zfs list -Ho name $data 2>/dev/null || true")"; then
    refuse "$TARGET has $data, and no snapshot of it that is here too"
  else
    zfs send -p "$data@$now" | slowly | remote "zfs receive $data"
  fi
  left=$(for other in $left; do test "$other" = "$data" || echo "$other"; done)
done

for volume in $VOLUMES; do
  data=${volume#*:}
  for old in $(zfs list -Ho name -d 1 -t snapshot "$data"); do
    case $old in
    "$data@$now") ;;
    "$data@$prefix"*) zfs destroy "$old" || true ;;
    esac
  done
  for old in $(remote "zfs list -Ho name -d 1 -t snapshot $data"); do
    case $old in
    "$data@$now") ;;
    "$data@$prefix"*) remote "zfs destroy $old" || true ;;
    esac
  done
done
`
