# METADATA
# title: Interfaces whose supplicant reads a file of its own
# description: |
#  Which interfaces name a file of wpa_supplicant, with the driver, the places of
#  its lines and the certificates that it reads. A file that needs what is not
#  carried is not in here.
package lib.supplicant

import data.lib.configfiles
import data.lib.facts
import data.lib.network

_drivers := {"nl80211", "nl80211,wext", "wext", "wired"}

# METADATA
# title: Interfaces by name
# description: interface → {driver, file, at, carried}
ready[name] := {
	"driver": driver,
	"file": path,
	"at": sort((({f.at} | {sprintf("%s/properties/%d", [f.at, j]) | some j, _ in f.lines}) | network.options_at(name, {"wpa-conf", "wpa-driver"}))),
	"carried": ({path} | {text | some text in _files_of(f)}),
} if {
	some name, _ in network.networks
	path := network.value(name, "wpa-conf")
	facts.plain_path(path)
	f := configfiles.files[path]
	driver := _driver(name)
	driver in _drivers
	every text in _files_of(f) {
		_portable(text)
	}
}

_driver(name) := lower(network.value(name, "wpa-driver")) if {
	network.value(name, "wpa-driver")
} else := "nl80211"

_paths := `(^|\.)(ca_cert2?|ca_path2?|client_cert2?|private_key2?|dh_file2?|pac_file|ext_password_backend|openssl_conf|crl_file)$`

_files_of(f) := [text |
	some line in f.lines
	regex.match(_paths, line.key)
	text := trim(object.get(line, "value", "?"), `"`)
]

# Places that NixOS fills itself are not written to.
_portable(text) if {
	facts.plain_path(text)
	regex.match(`^/(etc/wpa_supplicant|etc/ssl/private|root|opt|usr/local)/[^/]`, text)
}
