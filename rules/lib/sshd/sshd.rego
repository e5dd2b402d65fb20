# METADATA
# title: Which lines of sshd_config hold
# description: |
#  sshd takes the first line of a keyword. Files of sshd_config.d stand where
#  the Include line of sshd_config stands, which on Debian is its top.
package lib.sshd

_main := "/etc/ssh/sshd_config:"

_dropins := "/etc/ssh/sshd_config.d/"

_number(source) := to_number(n) if {
	n := regex.find_n(`[0-9]{1,6}$`, source, 1)[0]
}

_includes := [_number(p.source) |
	some p in input.system.sshd
	lower(p.key) == "include"
	startswith(p.source, _main)
]

_anchor(p) := [_number(p.source), 0] if startswith(p.source, _main)

_anchor(p) := [min(_includes), 1] if startswith(p.source, _dropins)

# A source that is neither keeps its place behind both.
_rank(p) := _anchor(p)

_rank(p) := [1000000, 0] if not _anchor(p)

# METADATA
# title: Lines in the order in which sshd reads them
# description: list of {key (lower case), index, value}; lines below Match keep the prefix match/
lines := [{"key": lower(p.key), "index": i, "value": object.get(p, "value", "")} |
	some place in sort([[_rank(p), i] | some i, p in input.system.sshd])
	i := place[1]
	p := input.system.sshd[i]
]

# METADATA
# title: Lines by keyword
# description: keyword in lower case → list of {index, value} in the order of sshd
by_key[key] := [{"index": lines[n].index, "value": lines[n].value} | some n in places] if some key, places in _places

# Sets are in order.
_places[l.key] contains n if some n, l in lines

# METADATA
# title: The value that holds for a keyword
# description: That of its first line; of lists of users and groups, which sshd joins, of all lines.
value(key) := by_key[key][0].value if not key in _joined

value(key) := concat(" ", [l.value | some l in by_key[key]]) if {
	key in _joined
	by_key[key]
}

_joined := {"allowgroups", "allowusers", "denygroups", "denyusers"}

# METADATA
# title: Pointers of all lines of a keyword
at(key) := sort([sprintf("/system/sshd/%d", [l.index]) | some l in by_key[key]])

# METADATA
# title: Keywords and how NixOS spells and types them
# description: keyword in lower case → [name, type]
settings := {
	"addressfamily": ["AddressFamily", "word"],
	"allowagentforwarding": ["AllowAgentForwarding", "bool"],
	"allowstreamlocalforwarding": ["AllowStreamLocalForwarding", "word"],
	"allowtcpforwarding": ["AllowTcpForwarding", "word"],
	"allowusers": ["AllowUsers", "words"],
	"authenticationmethods": ["AuthenticationMethods", "text"],
	"ciphers": ["Ciphers", "algorithms"],
	"clientalivecountmax": ["ClientAliveCountMax", "number"],
	"clientaliveinterval": ["ClientAliveInterval", "number"],
	"compression": ["Compression", "word"],
	"denygroups": ["DenyGroups", "words"],
	"denyusers": ["DenyUsers", "words"],
	"exposeauthinfo": ["ExposeAuthInfo", "bool"],
	"gatewayports": ["GatewayPorts", "word"],
	"hostbasedauthentication": ["HostbasedAuthentication", "bool"],
	"ignorerhosts": ["IgnoreRhosts", "word"],
	"kbdinteractiveauthentication": ["KbdInteractiveAuthentication", "bool"],
	"kexalgorithms": ["KexAlgorithms", "algorithms"],
	"logingracetime": ["LoginGraceTime", "number"],
	"loglevel": ["LogLevel", "level"],
	"macs": ["Macs", "algorithms"],
	"maxauthtries": ["MaxAuthTries", "number"],
	"maxsessions": ["MaxSessions", "number"],
	"maxstartups": ["MaxStartups", "word"],
	"passwordauthentication": ["PasswordAuthentication", "bool"],
	"permitemptypasswords": ["PermitEmptyPasswords", "bool"],
	"permitrootlogin": ["PermitRootLogin", "rootlogin"],
	"permittty": ["PermitTTY", "bool"],
	"permittunnel": ["PermitTunnel", "word"],
	"permituserenvironment": ["PermitUserEnvironment", "bool"],
	"permituserrc": ["PermitUserRC", "bool"],
	"printlastlog": ["PrintLastLog", "bool"],
	"printmotd": ["PrintMotd", "bool"],
	"pubkeyauthentication": ["PubkeyAuthentication", "bool"],
	"streamlocalbindunlink": ["StreamLocalBindUnlink", "bool"],
	"strictmodes": ["StrictModes", "bool"],
	"syslogfacility": ["SyslogFacility", "word"],
	"tcpkeepalive": ["TCPKeepAlive", "bool"],
	"usedns": ["UseDns", "bool"],
	"usepam": ["UsePAM", "bool"],
	"x11displayoffset": ["X11DisplayOffset", "number"],
	"x11forwarding": ["X11Forwarding", "bool"],
	"x11uselocalhost": ["X11UseLocalhost", "bool"],
}

# METADATA
# title: A value in the type that NixOS wants
# description: Undefined where the text does not have that type.
typed("bool", text) if lower(text) in {"yes", "true"}

typed("bool", text) := false if lower(text) in {"no", "false"}

typed("number", text) := to_number(text) if regex.match(`^(0|[1-9][0-9]{0,7})$`, text)

typed("word", text) := text if regex.match(`^[A-Za-z0-9_:.-]{1,64}$`, text)

typed("text", text) := text if regex.match(`^[A-Za-z0-9_:., -]{1,256}$`, text)

typed("level", text) := upper(text) if upper(text) in {"QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3"}

typed("rootlogin", text) := lower(text) if lower(text) in {"yes", "no", "prohibit-password", "without-password", "forced-commands-only"}

typed("words", text) := words if {
	words := regex.split(`\s+`, trim_space(text))
	every word in words { regex.match(`^[A-Za-z0-9_.@*?!:/-]{1,64}$`, word) }
}

typed("algorithms", text) := names if {
	names := split(text, ",")
	every name in names { regex.match(`^[A-Za-z0-9@.*?^+-]{1,64}$`, name) }
}
