# METADATA
# scope: package
# title: "Guests that start with the host may take {guests} GiB, and it has {host} GiB"
# description: |
#  It works on PVE because guests do not all use what they may, because ballooning takes
#  memory back, and because ksmtuned merges equal pages when memory gets short. On NixOS
#  nothing runs ksmtuned, and all guests start at the same time after the reboot, before any
#  of them has given memory back. The kernel then ends the largest process, which is a guest.
# custom:
#  id: PVE-CNV-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: memory of guests
#  equivalent: hardware.ksm.enable
#  account: none
#  workaround: |
#   Set hardware.ksm.enable = true, which merges pages from the start; spread the starts (`qm
#   set VMID --startup order=N,up=60`); or give guests less memory before the conversion (`qm
#   set VMID --memory MiB`). Leave swap as it is on PVE.
#  test:
#   before: |
#    `grep -h ^memory /etc/pve/local/qemu-server/*.conf` adds up to more than `free -m` shows
#    as total.
#   after: |
#    `journalctl -k | grep -c "Out of memory"` prints 0 on the trial system an hour after all
#    guests have started.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Kernel_Samepage_Merging_(KSM)
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_memory
#   - https://search.nixos.org/options?query=hardware.ksm
package rules.conversion.memory_overcommitted

import data.lib.facts
import data.lib.pve

_starts[vmid] := g if {
	some vmid, g in pve.vms
	facts.truthy(g.config.onboot.property.value)
}

# A VM may have the number alone or as the part current.
_memory[vmid] := to_number(text) if {
	some vmid, g in _starts
	text := trim_prefix(split(g.config.memory.property.value, ",")[0], "current=")
	regex.match(`^[0-9]{1,9}$`, text)
}

_wanted := sum([mib | some mib in _memory])

findings contains {
	"at": sort(array.concat(["/hardware/memory_kib"], [facts.guests[vmid].config.memory.at | some vmid, _ in _memory])),
	"vars": {"guests": round(_wanted / 1024), "host": floor(input.hardware.memory_kib / 1048576)},
} if {
	_wanted * 1024 > input.hardware.memory_kib
}
