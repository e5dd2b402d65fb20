# METADATA
# title: What waits for the commit of a trial
# description: |
#  Guests are not all that writes where Proxmox VE does: so do the daemons of Ceph
#  that keep data, and jobs that run by the clock. Their units have the condition,
#  and the plan starts them when the trial is committed.
package lib.waits

import data.lib.ceph
import data.lib.cron
import data.lib.engines
import data.lib.ha
import data.lib.localunits

# METADATA
# title: The condition of a unit that waits
# description: Either will do, no trial was ever made of this root, or it was committed.
condition := ["|!/var/lib/pve2nix/guard/trial.json", "|/var/lib/pve2nix/guard/committed"]

# METADATA
# title: Units that keep data of Ceph, in the order in which they start
stores := array.concat(array.concat(_daemons("mon"), _volumes), _daemons("osd")) if {
	ceph.known
} else := []

_daemons(kind) := [sprintf("ceph-%s-%s", [kind, id]) | some id in sort(ceph.ids[kind])]

_volumes := ["ceph-volume-all"] if {
	count(ceph.ids.osd) > 0
} else := []

# METADATA
# title: Facts that the stores follow from
stores_at := sort(_daemons_at | _osds_at)

_daemons_at contains sprintf("/storage/ceph/daemons/%d", [i]) if {
	some i, name in input.storage.ceph.daemons
	regex.match(`^(mon|osd)\.`, name)
}

_osds_at contains sprintf("/storage/ceph/osds/%d", [i]) if some i, _ in input.storage.ceph.osds

# METADATA
# title: Services that do jobs by the clock
# description: service → facts that say so
services["pvescheduler"] := ["/host"] if data.target == "proxmox"

# They start guests, and let the watchdog reset the host.
services[name] := ["/cluster/ha_resources"] if {
	ha.manager
	some name in ["pve-ha-crm", "pve-ha-lrm"]
}

services["cron"] := sort([sprintf("/system/cron/%d", [i]) | some i, _ in cron.running]) if count(cron.running) > 0

# Containers whose state is not on the side root: what they write is there after a way back, too.
services[unit] := at if {
	some engine, unit in {"docker": "docker", "podman": "podman-restart"}
	engines.kept[engine]
	at := sort([sprintf("/system/containers/%d", [i]) | some i, c in input.system.containers; c.engine == engine])
	count(at) > 0
}

# METADATA
# title: Timers that people wrote
# description: index → name as an option has it. One that asks for a file itself keeps its condition.
timers[i] := localunits.name(i) if {
	some i, kind in localunits.written
	kind == "timer"
	not localunits.values[i]["Unit.ConditionPathExists"]
}

_started contains sprintf("%s.timer", [name]) if {
	some i, name in timers
	not contains(name, "@")
	localunits.all[i].file_state in {"enabled", "enabled-runtime"}
}

_started contains u.name if {
	some u in localunits.instances
	endswith(u.name, ".timer")
	some i, name in timers
	endswith(name, "@")
	startswith(u.name, name)
	localunits.all[i].fragment_path == u.fragment_path
}

# METADATA
# title: Units of jobs that the commit starts
jobs := array.concat([sprintf("%s.service", [name]) | some name in sort(object.keys(services))], sort([unit |
	some unit in _started
	regex.match(`^[A-Za-z0-9:_.@-]{1,200}$`, unit)
]))

# METADATA
# title: Facts that the jobs follow from
jobs_at := sort({at | some all in services; some at in all} | {sprintf("/units/%d", [i]) | some i, _ in timers})
