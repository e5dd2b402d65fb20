# METADATA
# scope: package
# title: Commands of ifupdown2 by their names
# description: |
#  Scripts that call ifup, ifdown, ifreload and ifquery by name find commands that hand
#  the call to systemd-networkd: the named interfaces up or down, the files read anew,
#  the state shown. What has no counterpart is refused with a message and does nothing;
#  so is ifdown of all interfaces.
# custom:
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/ifup.8.en.html
#   - https://manpages.debian.org/trixie/ifupdown2/ifreload.8.en.html
#   - https://www.freedesktop.org/software/systemd/man/latest/networkctl.html
#   - https://search.nixos.org/options?query=environment.profiles
package rules.network.ifupdown_commands

import data.lib.facts
import data.lib.network

_calls := {"ifup", "ifdown", "ifreload", "ifquery"}

# Without a network that is made there is nothing that they could act on.
_at := [facts.packages.ifupdown2.at] if count(network.interfaces) > 0

bridges contains {"at": _at, "bridge": "network", "params": {"commands": concat(" ", sort(_calls))}}

# One file that goes by the name it is called with.
_file := "ifupdown/commands"

settings contains {"at": _at, "option": option, "value": value} if some [option, value] in [
	[["environment", "etc", _file, "text"], _script],
	[["environment", "etc", _file, "mode"], "0755"],
	[["environment", "profiles"], {"_mkAfter": ["/usr/local"]}],
	# What the owner has there by that name stays.
	[["systemd", "tmpfiles", "rules"], [sprintf("L /usr/local/bin/%s - - - - /etc/%s", [call, _file]) | some call in sort(_calls)]],
]

_script := `#!/bin/sh
# ifup, ifdown, ifreload and ifquery of ifupdown2, by systemd-networkd.
set -u
PATH=/run/current-system/sw/bin:$PATH
call=${0##*/}

refuse() {
  echo "$call: $1; nothing was done" >&2
  exit 1
}

all=
names=
for word in "$@"; do
  case $word in
    -a | --all | -c | --currently-up) all=yes ;;
    -v | --verbose | -d | --debug | -q | --quiet | -f | --force | -w | --with-depends) ;;
    -*) refuse "systemd-networkd has no counterpart of $word" ;;
    *) names="$names $word" ;;
  esac
done
if [ -z "$all$names" ]; then
  refuse "no interface is named"
fi

case $call in
  ifreload) exec networkctl reload ;;
  ifquery)
    if [ -n "$all" ]; then
      exec networkctl list
    fi
    exec networkctl status $names
    ;;
  ifup)
    if [ -n "$all" ]; then
      exec networkctl reload
    fi
    exec networkctl up $names
    ;;
  ifdown)
    if [ -n "$all" ]; then
      refuse "all interfaces down would cut this host off"
    fi
    exec networkctl down $names
    ;;
esac
refuse "unknown call"
`
