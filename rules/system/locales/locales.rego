# METADATA
# scope: package
# title: Locales beside the default
# description: |
#  Locales of locale.gen that are not the default one are built as well: scripts and
#  logins over ssh ask for them.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=i18n.supportedLocales
#   - https://manpages.debian.org/stable/locales/locale.gen.5.en.html
package rules.system.locales

import data.lib.configfiles

_more := [{"locale": sprintf("%s/%s", words), "at": line.at} |
	some line in configfiles.below("/etc/locale.gen")
	line.path == "/etc/locale.gen"
	words := regex.split(`\s+`, trim_space(line.value))
	count(words) == 2
	regex.match(`^[a-z]{2,3}_[A-Z]{2}(\.[A-Za-z0-9-]+)?(@[a-z]+)?$`, words[0])
	words[1] in {"UTF-8", "ISO-8859-1", "ISO-8859-15"}
]

# Since 25.05 there is an option for these alone.
_option := ["i18n", "extraLocales"] if data.release != "24.11"

_option := ["i18n", "supportedLocales"] if data.release == "24.11"

settings contains {"at": [l.at | some l in _more], "option": _option, "value": array.concat(_base, [l.locale | some l in _more])} if {
	count(_more) > 0
}

default _base := []

_base := array.concat(["C.UTF-8/UTF-8", "en_US.UTF-8/UTF-8"], _default) if data.release == "24.11"

default _default := []

_default := [sprintf("%s/UTF-8", [input.system.locale])] if {
	regex.match(`^[a-z]{2,3}_[A-Z]{2}\.UTF-8$`, input.system.locale)
	input.system.locale != "en_US.UTF-8"
	not sprintf("%s/UTF-8", [input.system.locale]) in {l.locale | some l in _more}
}
