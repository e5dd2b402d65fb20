# METADATA
# scope: package
# title: Nobody spreads containers over the processors
# description: |
#  {vmids} have fewer cores than the {threads} of the host. PVE does not give
#  them a share but a set of processors (cpuset), and pvestatd moves the sets
#  around every few seconds so that they do not lie on each other. Here the
#  sets lie side by side and stay where they are: a container whose neighbours
#  on the same processors are busy waits while others idle.
# custom:
#  id: PVE-CT-024
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: cores of containers
#  equivalent: systemd.services.<name>.serviceConfig.CPUQuota
#  account: none
#  workaround: |
#   Give a share in place of a set where nothing is licensed by processors
#   (lxc.cgroup2.cpu.max = 200000 100000 for two), or write the sets by hand:
#   lxc.cgroup2.cpuset.cpus = 4-5 in the container's options before the
#   conversion.
#  test:
#   before: |
#    `pct cpusets` on PVE prints sets that hardly overlap, and others a minute
#    later.
#   after: |
#    `cat /sys/fs/cgroup/lxc*/VMID*/cpuset.cpus.effective` on the trial system
#    shows sets that you have chosen, and `nproc` inside prints the number of
#    cores.
#  phase: run
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_cpu
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/Service/pvestatd.pm
package rules.containers.cpu_placement

import data.lib.pve

_threads := input.hardware.cpu.threads

_containers[vmid] := p.at if {
	some vmid, g in pve.containers
	p := g.config.cores
	regex.match(`^[0-9]{1,4}$`, p.property.value)
	to_number(p.property.value) < _threads
	not g.config["lxc.cgroup2.cpuset.cpus"]
}

# A single one has nothing to lie on.
findings contains {"at": sort([at | some at in _containers]), "vars": {"vmids": pve.numbers(object.keys(_containers)), "threads": _threads}} if count(_containers) > 1
