# METADATA
# scope: package
# title: Swap in compressed memory
# description: |
#  As many devices of the same size as swap is on here, with the algorithm and the priority of
#  zram-tools where they are set, whoever made them: zram-tools, a generator or a unit of this host.
#  What the kernel gives there it does not take from the biggest guest.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=zramSwap
#   - https://docs.kernel.org/admin-guide/blockdev/zram.html
#   - https://manpages.debian.org/stable/zram-tools/zramswap.1.en.html
package rules.storage.zram_swap

import data.lib.configfiles

_zram[i] := s.size_kib if {
	some i, s in input.storage.swaps
	regex.match(`^/dev/zram[0-9]+$`, s.path)
	s.size_kib > 0
}

_at := sort([sprintf("/storage/swaps/%d", [i]) | some i, _ in _zram])

settings contains {"at": _at, "option": ["zramSwap", name], "value": value} if {
	count(_zram) > 0
	some name, value in {"enable": true, "memoryMax": max([size | some size in _zram]) * 1024, "memoryPercent": 100}
}

settings contains {"at": _at, "option": ["zramSwap", "swapDevices"], "value": count(_zram)} if count(_zram) > 1

_file := "/etc/default/zramswap"

_used if count(_zram) > 0

_used if "zramswap.service" in _units

_units contains u.name if {
	some u in input.units
	u.file_state == "enabled"
}

_last(key) := found[count(found) - 1] if {
	found := configfiles.lines(_file, key)
	count(found) > 0
}

_text(line) := trim(line.value, `"' `)

settings contains {"at": [line.at], "option": ["zramSwap", "algorithm"], "value": _text(line)} if {
	_used
	line := _last("ALGO")
	_text(line) in {"842", "lzo", "lzo-rle", "lz4", "lz4hc", "zstd"}
}

settings contains {"at": [line.at], "option": ["zramSwap", "priority"], "value": to_number(_text(line))} if {
	_used
	line := _last("PRIORITY")
	regex.match(`^[1-9][0-9]{0,4}$`, _text(line))
	to_number(_text(line)) < 32768
}

# The size that it comes to is known where swap is on.
settings contains {"at": [line.at], "option": ["zramSwap", "memoryPercent"], "value": to_number(_text(line))} if {
	_used
	count(_zram) == 0
	line := _last("PERCENT")
	regex.match(`^[1-9][0-9]{0,2}$`, _text(line))
}

settings contains {"at": [line.at], "option": ["zramSwap", "enable"], "value": true} if {
	count(_zram) > 0
	some key in ["PERCENT", "SIZE"]
	line := _last(key)
}
