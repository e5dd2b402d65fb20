# METADATA
# title: Whether the vote of a quorum device reaches this node
# description: Corosync gets it from a daemon of its own, which is built of its sources and runs beside it.
package lib.qdevice

import data.lib.pve

# METADATA
# title: Whether the daemon runs on the new system
kept if {
	data.target == "proxmox"
	pve.qdevice
	models == {"net"}
	not declined
}

# METADATA
# title: Kinds of quorum devices
models contains p.value if {
	some p in input.cluster.corosync
	p.key == "quorum.device.model"
}

# METADATA
# title: Whether the answers decline the bridge
declined if data.answers.bridges.cluster == "no"

_pkgs(names) := [{"_ref": ["pkgs", name]} | some name in names]

# METADATA
# title: The programs of corosync-qdevice, built of their sources
# description: |
#  flags say which. nixpkgs has none of them.
#  Source of the sum: https://deb.debian.org/debian/pool/main/c/corosync-qdevice/corosync-qdevice_3.0.3-1.dsc
program(flags) := {"_call": [{"_ref": ["pkgs", "stdenv", "mkDerivation"]}, {
	"pname": "corosync-qdevice",
	"version": "3.0.3",
	"src": {"_call": [{"_ref": ["pkgs", "fetchurl"]}, {
		"name": "corosync-qdevice-3.0.3.tar.gz",
		"urls": [
			"https://deb.debian.org/debian/pool/main/c/corosync-qdevice/corosync-qdevice_3.0.3.orig.tar.gz",
			"https://github.com/corosync/corosync-qdevice/releases/download/v3.0.3/corosync-qdevice-3.0.3.tar.gz",
		],
		"sha256": "0a4705abd17af795287ad3bb18c0abacf3c0027222e45f149cb9bebeb6056926",
	}]},
	"nativeBuildInputs": _pkgs(["pkg-config"]),
	"buildInputs": _pkgs(["corosync", "libqb", "nspr", "nss", "systemd"]),
	"configureFlags": array.concat(flags, ["--enable-systemd", "--localstatedir=/var", "--sysconfdir=/etc"]),
	"installFlags": [
		"COROSYSCONFDIR=$(out)/etc/corosync",
		"INITCONFIGDIR=$(out)/etc/default",
		"INITDDIR=$(out)/etc/init.d",
		"LOGDIR=$(out)/var/log",
		"LOGROTATEDIR=$(out)/etc/logrotate.d",
		"SYSTEMDDIR=$(out)/lib/systemd/system",
		"localstatedir=$(out)/var",
		"sysconfdir=$(out)/etc",
	],
}]}
