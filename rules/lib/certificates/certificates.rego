# METADATA
# title: The certificates of this node
# description: What pveproxy presents and what signed it, and the days that they are valid from the capture on.
package lib.certificates

import data.lib.clock
import data.lib.pve

_by_path := object.union_n([{c.path: {"certificate": c, "at": sprintf("/certificates/%d", [i])}} | some i, c in input.certificates])

# METADATA
# title: The certificate that the cluster gave this node
node := _by_path[sprintf("/etc/pve/nodes/%s/pve-ssl.pem", [input.host.name])]

# METADATA
# title: The certificate of one's own that the web interface presents
web := _by_path[sprintf("/etc/pve/nodes/%s/pveproxy-ssl.pem", [input.host.name])]

# METADATA
# title: The authority of the cluster
authority := _by_path["/etc/pve/pve-root-ca.pem"]

# METADATA
# title: Authorities of one's own that the host trusts
# description: pointer → certificate
trusted[sprintf("/certificates/%d", [i])] := c if {
	some i, c in input.certificates
	startswith(c.path, "/usr/local/share/ca-certificates/")
}

_day := (24 * 3600) * 1000000000

# METADATA
# title: Days from the capture to the end of a certificate
# description: Undefined for one without a real end.
days(certificate) := floor((clock.ns(certificate.not_after) - clock.ns(input.capture.time)) / _day)

# METADATA
# title: The last day of a certificate
date(certificate) := substring(certificate.not_after, 0, 10)

# METADATA
# title: Names that the node orders certificates for
# description: pointer of the line → {names, plugin}; without plugin the challenge comes over HTTP to port 80.
orders[sprintf("%s/config/%d", [pve.local_node.at, i])] := {"names": names, "plugin": _plugin(p)} if {
	some i, p in pve.local_node.config
	names := _names(p)
	count(names) > 0
}

_names(p) := [f.value | some f in p.fields; f.name == "domain"] if regex.match(`^acmedomain[0-9]+$`, p.key)

_names(p) := [name | some f in p.fields; f.name == "domains"; some name in split(f.value, ";")] if p.key == "acme"

_plugin(p) := [f.value | some f in p.fields; f.name == "plugin"][0] if {
	"plugin" in {f.name | some f in p.fields}
} else := "standalone"
