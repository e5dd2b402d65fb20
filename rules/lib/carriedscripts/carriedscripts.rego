# METADATA
# title: Scripts of Debian that run as services
# description: What a service needs that runs a script which was carried, and which calls programs by name or by their paths on Debian.
package lib.carriedscripts

# METADATA
# title: Options of such a service
# description: It starts late in the boot, as scripts of init do. envfs is mounted beside all else, and nothing waits for it by itself.
unit := {
	"after": ["network-online.target", "remote-fs.target", "bin.mount", "usr-bin.mount"],
	"path": ["/run/wrappers", "/run/current-system/sw", "/usr/local", {"_ref": ["pkgs", "busybox"]}],
	"wantedBy": ["multi-user.target"],
	"wants": ["network-online.target"],
}

# METADATA
# title: Options of the host
# description: Paths of Debian lead to the programs of NixOS; busybox has start-stop-daemon.
paths := [
	[["services", "envfs"], {
		"enable": true,
		"extraFallbackPathCommands": {"_concat": ["ln -sf ", {"_ref": ["config", "system", "path"]}, "/bin/* $out/"]},
	}],
	[["systemd", "tmpfiles", "rules"], ["L /sbin - - - - /usr/bin", "L /usr/sbin - - - - /usr/bin"]],
]
