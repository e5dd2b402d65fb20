# METADATA
# scope: package
# title: Language or keyboard is not taken over
# description: |
#  NixOS generates locales in UTF-8 and knows console maps, not X layouts.
#  {what} of this host has no counterpart that is certain, so NixOS keeps
#  its own default: messages in English, or a keyboard on which the console
#  password is typed differently.
# custom:
#  id: PVE-SYS-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: locale and keyboard
#  equivalent: i18n.defaultLocale, console.keyMap
#  account: none
#  workaround: |
#   Set i18n.defaultLocale to the locale in UTF-8 and console.keyMap to a
#   map that `localectl list-keymaps` shows.
#  test:
#   before: |
#    `localectl` on PVE shows the values.
#   after: |
#    `localectl` on the trial system shows the same language in UTF-8, and
#    the console types the letters of the keyboard.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=i18n.supportedLocales
#   - https://search.nixos.org/options?query=console.keyMap
package rules.system.language_unknown

import data.lib.console
import data.lib.guard

findings contains {"at": ["/system/locale"], "vars": {"what": sprintf("The locale %s", [input.system.locale])}} if {
	not input.system.locale in {"C", "POSIX"}
	not guard.locale(input.system.locale)
}

findings contains {"at": ["/system/keymap"], "vars": {"what": sprintf("The keyboard layout %s", [input.system.keymap])}} if {
	input.system.keymap
	not console.keymap
}
