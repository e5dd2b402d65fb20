# METADATA
# title: Console keyboards
# description: X layouts as Debian writes them, and the console maps of the same keyboards.
package lib.console

# METADATA
# title: The console map of this host
# description: Undefined where the keyboard is not known or not set.
keymap := _maps[input.system.keymap]

_maps := {
	"be": "be-latin1",
	"br": "br-abnt2",
	"ca": "cf",
	"ch": "sg",
	"cz": "cz",
	"de": "de-latin1",
	"dk": "dk-latin1",
	"es": "es",
	"fi": "fi",
	"fr": "fr-latin1",
	"gb": "uk",
	"hu": "hu",
	"is": "is-latin1",
	"it": "it",
	"jp": "jp106",
	"latam": "la-latin1",
	"lt": "lt",
	"nl": "nl",
	"no": "no-latin1",
	"pl": "pl",
	"pt": "pt-latin1",
	"ru": "ru",
	"se": "sv-latin1",
	"si": "slovene",
	"tr": "trq",
	"us": "us",
}
