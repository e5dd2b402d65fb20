# METADATA
# scope: package
# title: Time zone, language and keyboard
# description: |
#  Takes over the time zone, the system locale where it is one of UTF-8, and
#  the console keyboard. Debian keeps an X layout, which is translated to
#  the console map of the same keyboard.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=time.timeZone
#   - https://search.nixos.org/options?query=console.keyMap
#   - https://manpages.debian.org/stable/keyboard-configuration/keyboard.5.en.html
package rules.system.clock_and_language

import data.lib.console
import data.lib.guard

settings contains {"at": ["/system/time_zone"], "option": ["time", "timeZone"], "value": input.system.time_zone} if {
	guard.time_zone(input.system.time_zone)
}

settings contains {"at": ["/system/locale"], "option": ["i18n", "defaultLocale"], "value": regex.replace(input.system.locale, `\.utf8`, ".UTF-8")} if {
	guard.locale(input.system.locale)
}

settings contains {"at": ["/system/keymap"], "option": ["console", "keyMap"], "value": console.keymap} if {
	console.keymap
}
