# METADATA
# scope: package
# title: Authorities that the host trusts beside those of the distribution
# description: |
#  Debian trusts what lies below /usr/local/share/ca-certificates. The files go along to the same
#  place, and each start and switch of NixOS puts them behind the authorities of its own in the
#  bundles that programs read. What is added there later counts from the next switch on. Postfix,
#  which has a bundle of its own option, reads the same file.
# custom:
#  sources:
#   - https://manpages.debian.org/stable/ca-certificates/update-ca-certificates.8.en.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/security/ca.nix
#   - https://search.nixos.org/options?query=system.activationScripts
package rules.certificates.trusted

import data.lib.certificates
import data.lib.facts

# path → facts
_files[c.path] contains at if {
	some at, c in certificates.trusted
	_paths[c.path]
}

_files[f.path] contains sprintf("/local_files/%d", [i]) if {
	some i, f in input.local_files
	_paths[f.path]
}

_paths[c.path] if {
	some c in certificates.trusted
	facts.plain_path(c.path)
	endswith(c.path, ".crt")
}

_at := sort({at | some ats in _files; some at in ats})

carries contains {"at": sort(at), "path": path, "to": path, "mode": "0644", "secret": false} if some path, at in _files

# The links of NixOS are made anew by each activation, so that its own bundle is always the one that is read here.
_script := concat("\n", [
	"mkdir -p /var/lib/own-authorities",
	"for bundle in ssl/certs/ca-certificates.crt ssl/certs/ca-bundle.crt pki/tls/certs/ca-bundle.crt; do",
	"  if [ -r \"/etc/static/$bundle\" ]; then",
	"    {",
	"      cat \"/etc/static/$bundle\"",
	"      for own in /usr/local/share/ca-certificates/*.crt /usr/local/share/ca-certificates/*/*.crt; do",
	"        if [ -r \"$own\" ] && grep -q -e '-----BEGIN CERTIFICATE-----' \"$own\"; then echo; cat \"$own\"; fi",
	"      done",
	"    } > /var/lib/own-authorities/bundle.new",
	"    mv /var/lib/own-authorities/bundle.new /var/lib/own-authorities/bundle.crt",
	"    ln -sfn /var/lib/own-authorities/bundle.crt \"/etc/$bundle\"",
	"  fi",
	"done",
	"",
])

settings contains {"at": _at, "option": ["system", "activationScripts", "ownAuthorities"], "value": {"deps": ["etc"], "text": _script}} if {
	count(_at) > 0
}

_bundle := "/etc/ssl/certs/ca-certificates.crt"

# One that main.cf names stays what it is.
settings contains {"at": _at, "option": ["services", "postfix", "config", "smtp_tls_CAfile"], "value": {"_mkForce": _bundle}} if {
	count(_at) > 0
	"postfix.service" in facts.in_use
	every p in input.system.mail {
		p.key != "smtp_tls_CAfile"
	}
}
