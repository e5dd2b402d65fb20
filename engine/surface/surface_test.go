package surface

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nixos"
)

// value reads JSON as settings hold it.
func value(t testing.TB, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

const (
	aPackage = `{"_ref": ["pkgs", "htop"]}`
	ofConfig = `{"_ref": ["config", "networking", "hostName"]}`
	aFile    = `{"_path": "./domains/100.xml"}`
	aCall    = `{"_call": [{"_ref": ["pkgs", "fetchurl"]}, {"url": "x"}]}`
	aCommand = `{"_concat": [{"_ref": ["pkgs", "rsync"]}, "/bin/rsync -a"]}`
)

func TestValuesOfTypes(t *testing.T) {
	for _, test := range []struct {
		kind      string
		good, bad []string
	}{
		{"bool", []string{`true`, `{"_mkForce": false}`, `{"_mkDefault": {"_mkForce": true}}`}, []string{`"true"`, `1`, `null`, `[]`, `{}`, aPackage}},
		{"int", []string{`0`, `-5`, `9223372036854775807`}, []string{`1.0`, `1.5`, `1e3`, `"1"`, `true`, `null`, `9223372036854775808`}},
		{"float", []string{`1.5`, `1.0`}, []string{`1`, `"1.5"`}},
		{"number", []string{`1.5`, `1`}, []string{`"1"`, `null`}},
		{"port", []string{`0`, `65535`}, []string{`65536`, `-1`, `"22"`, `22.0`}},
		{"ints.u8", []string{`0`, `255`}, []string{`256`, `-1`}},
		{"ints.u16", []string{`65535`}, []string{`65536`}},
		{"ints.u32", []string{`4294967295`}, []string{`4294967296`}},
		{"ints.s8", []string{`-128`, `127`}, []string{`-129`, `128`}},
		{"ints.s16", []string{`-32768`}, []string{`32768`}},
		{"ints.s32", []string{`2147483647`}, []string{`2147483648`}},
		{"ints.unsigned", []string{`0`}, []string{`-1`}},
		{"ints.positive", []string{`1`}, []string{`0`}},
		{"ints.between -20 19", []string{`-20`, `19`}, []string{`-21`, `20`}},
		{"str", []string{`""`, `"${x}"`, ofConfig, `{"_ref": ["lib", "version"]}`, `{"_ref": ["pkgs", "htop", "version"]}`, aCommand}, []string{`1`, `null`, `["a"]`, aPackage, aFile, aCall, `{"a": 1}`, `{"_concat": []}`, `{"_concat": "a"}`, `{"_concat": [1]}`}},
		{"nonEmptyStr", []string{`"a"`, ` "a b "`}, []string{`""`, `" \n"`, `1`}},
		{"singleLineStr", []string{`"a"`, `"a\n"`, `""`, aCommand}, []string{`"a\nb"`, `"a\r"`, `1`, `{"_concat": ["a\nb"]}`}},
		{"lines", []string{`"a\nb\n"`}, []string{`["a"]`}},
		{`separatedString ","`, []string{`"a,b"`}, []string{`["a"]`}},
		{`strMatching "[a-z]+"`, []string{`"abc"`}, []string{`"abc1"`, `"a\nb"`, `""`, `1`}},
		{`strMatching "[a-z\\-]+"`, []string{`"a\\x-"`}, []string{`"1"`, aCommand}},
		{"path", []string{`"/etc/x"`, aFile, aPackage, ofConfig, aCommand}, []string{`{"_concat": ["x", {"_ref": ["pkgs", "a"]}]}`, `"etc/x"`, `""`, `1`, `null`}},
		{"bool", nil, []string{aCommand, aCall}},
		{"package", []string{aPackage, `{"_ref": ["pkgs", "python3Packages", "requests"]}`, `{"_mkDefault": ` + aPackage + `}`, aCall}, []string{`"htop"`, `"/nix/store/x"`, `null`, `{"_ref": []}`, `{"_ref": "pkgs"}`, `{"_ref": ["lib", "id"]}`}},
		{"reference", []string{`{"_ref": ["pkgs", "linuxPackages"]}`, `{"_ref": ["lib", "id"]}`}, []string{`"x"`, `{}`, `1`}},
		{`enum [ "a" "b c" 1 true ]`, []string{`"a"`, `"b c"`, `1`, `true`}, []string{`"c"`, `2`, `false`, `"1"`, `1.0`, `null`}},
		{"listOf str", []string{`[]`, `["a"]`, `{"_mkBefore": ["a"]}`, `{"_mkAfter": []}`, `["a", {"_mkForce": "b"}]`}, []string{`"a"`, `[1]`, `[null]`, `[["a"]]`, `{}`, ofConfig}},
		{"nonEmptyListOf str", []string{`["a"]`}, []string{`[]`, `[1]`}},
		{"attrsOf int", []string{`{}`, `{"a": 1, "b": {"_mkForce": 2}}`}, []string{`[]`, `{"a": "1"}`, `"a"`, `null`}},
		{"lazyAttrsOf bool", []string{`{"a": true}`}, []string{`{"a": 1}`}},
		{"attrsOf (attrsOf (listOf path))", []string{`{"a": {"b": ["/c"]}}`}, []string{`{"a": {"b": ["c"]}}`, `{"a": ["/c"]}`}},
		{"nullOr int", []string{`null`, `1`, `{"_mkForce": null}`}, []string{`"1"`, `[]`}},
		{"nullOr (either package path)", []string{`null`, aPackage, `"/bin/sh"`}, []string{`"sh"`, `1`}},
		{"either int (listOf int)", []string{`1`, `[1]`}, []string{`"1"`, `["1"]`}},
		{"oneOf [ bool int str ]", []string{`true`, `1`, `"a"`}, []string{`1.5`, `[]`, `null`}},
		{"attrs", []string{`{}`, `{"a": [1, {"b": null}]}`}, []string{`[]`, `1`, `"a"`, aPackage}},
		{"anything", []string{`null`, `1`, `[{"a": "b"}]`, aPackage, aFile}, nil},
		{"atom", []string{`null`, `true`, `1`, `1.5`, `"a"`, ofConfig}, []string{`[]`, `{}`}},
		{"unitOption", []string{`true`, `1`, `"a"`, `["a", 1]`, aPackage, `[` + aPackage + `]`, aCommand, `[` + aCommand + `]`}, []string{`{"a": 1}`, `[{"a": 1}]`}},
	} {
		s, err := New(map[string]string{"a.b": test.kind})
		if err != nil {
			t.Fatal(err)
		}
		for _, good := range test.good {
			if m := s.Check([]string{"a", "b"}, value(t, good)); m != nil {
				t.Errorf("%s refuses %s: %v", test.kind, good, m)
			}
		}
		for _, bad := range test.bad {
			if s.Check([]string{"a", "b"}, value(t, bad)) == nil {
				t.Errorf("%s takes %s", test.kind, bad)
			}
		}
		if m := s.Check([]string{"a", "b"}, Unknown); m != nil {
			t.Errorf("%s refuses what nobody knows: %v", test.kind, m)
		}
	}
}

func TestOptions(t *testing.T) {
	s, err := New(map[string]string{
		"services.sshd.enable":                   "bool",
		"services.sshd.ports":                    "listOf port",
		"services.sshd.settings":                 "attrsOf atom",
		"services.sshd.settings.AllowUsers":      "nullOr (listOf str)",
		"services.sshd.listen":                   "listOf submodule",
		"services.sshd.listen.*.addr":            "str",
		"services.sshd.listen.*.tls.enable":      "bool",
		"users.users.*.uid":                      "nullOr int",
		"users.users.*.shell":                    "package",
		"users.users.root.uid":                   "enum [ 0 ]",
		"docker.settings":                        "anything",
		"docker.settings.live":                   "bool",
		"files":                                  "attrsOf (attrsOf submodule)",
		"files.*.*.mode":                         "str",
		`kernel.sysctl."net.core.rmem_max"`:      "ints.unsigned",
		"kernel.sysctl":                          "attrsOf atom",
		"gone.since.then":                        None,
		"systemd.services.*.serviceConfig":       "attrsOf unitOption",
		"networking.vswitches.*.interfaces":      "attrsOf submodule",
		"networking.vswitches.*.interfaces.*.id": "int",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ option, value, want string }{
		{"services.sshd.enable", `true`, ""},
		{"services.sshd", `{"enable": true, "ports": [22]}`, ""},
		{"services", `{"sshd": {"ports": [22, 70000]}}`, `option services.sshd.ports takes listOf port, not 70000 at [1]`},
		{"services.sshd.enable", `"yes"`, `option services.sshd.enable takes bool, not "yes"`},
		{"services.sshd.enabled", `true`, "option services.sshd.enabled is none that may be set: the surface of the catalog lacks it"},
		{"services.sshd.enable.x", `true`, "option services.sshd.enable.x is none that may be set: the surface of the catalog lacks it"},
		{"services.sshd", `true`, "option services.sshd is none that may be set: the surface of the catalog lacks it"},
		{"services.sshd", `{"enabled": true}`, "option services.sshd.enabled is none that may be set: the surface of the catalog lacks it"},
		{"services.sshd.settings.AllowUsers", `["a"]`, ""},
		{"services.sshd.settings.AllowUsers", `"a"`, `option services.sshd.settings.AllowUsers takes nullOr (listOf str), not "a"`},
		{"services.sshd.settings", `{"AllowUsers": ["a"], "Other": 1}`, ""},
		{"services.sshd.settings", `{"AllowUsers": "a"}`, `option services.sshd.settings.AllowUsers takes nullOr (listOf str), not "a"`},
		{"services.sshd.settings.Other", `["a"]`, `option services.sshd.settings.Other takes atom, not ["a"]`},
		{"services.sshd.settings.Other.deep", `"a"`, `option services.sshd.settings.Other.deep is none that may be set: the surface of the catalog lacks it`},
		{"services.sshd.listen", `[{"addr": "a", "tls": {"enable": true}}, {}]`, ""},
		{"services.sshd.listen", `[{"addr": 1}]`, `option services.sshd.listen.*.addr takes str, not 1`},
		{"services.sshd.listen", `[{"port": 1}]`, `option services.sshd.listen.*.port is none that may be set: the surface of the catalog lacks it`},
		{"services.sshd.listen", `{"addr": "a"}`, `option services.sshd.listen takes listOf submodule, not {"addr":"a"}`},
		{"users.users.anna.uid", `1000`, ""},
		{"users.users.anna", `{"uid": 1000, "shell": {"_ref": ["pkgs", "zsh"]}}`, ""},
		{"users.users", `{"anna": {"_mkForce": {"uid": "1000"}}}`, `option users.users.anna.uid takes nullOr int, not "1000"`},
		{"users.users.root.uid", `1`, `option users.users.root.uid takes enum [ 0 ], not 1`},
		{"users.users.root.shell", `"/bin/sh"`, "option users.users.root.shell is none that may be set: the surface of the catalog lacks it"},
		{`users.users."a.b".uid`, `"x"`, `option users.users."a.b".uid takes nullOr int, not "x"`},
		{"docker.settings.a.b", `[1]`, ""},
		{"docker.settings.live", `1`, "option docker.settings.live takes bool, not 1"},
		{"docker.settings", `{"live": 1}`, "option docker.settings.live takes bool, not 1"},
		{"files.a.b.mode", `"0644"`, ""},
		{"files", `{"a": {"b": {"mode": 420}}}`, "option files.a.b.mode takes str, not 420"},
		{"files.a", `{"b": {"owner": "x"}}`, "option files.a.b.owner is none that may be set: the surface of the catalog lacks it"},
		{`kernel.sysctl."net.core.rmem_max"`, `-1`, `option kernel.sysctl."net.core.rmem_max" takes ints.unsigned, not -1`},
		{`kernel.sysctl."vm.x"`, `-1`, ""},
		{"gone.since.then", `1`, "option gone.since.then is none that may be set: the surface of the catalog lacks it"},
		{"systemd.services.x.serviceConfig.ExecStart", `["", "a"]`, ""},
		{"systemd.services.x.script", `"a"`, "option systemd.services.x.script is none that may be set: the surface of the catalog lacks it"},
		{"networking.vswitches.a.interfaces.b", `{}`, ""},
		{"networking.vswitches.a.interfaces.b.id", `"1"`, `option networking.vswitches.a.interfaces.b.id takes int, not "1"`},
		{"users.users.*.uid", `1`, ""},
		{"users.users.anna.*", `1`, ""},
		{"users.users.anna.*", `"/bin/sh"`, `option users.users.anna.uid takes nullOr int, not "/bin/sh"`},
		{"services.sshd.*.x", `1`, ""},
		{"services.sshd.nothing.*", `1`, "option services.sshd.nothing.* is none that may be set: the surface of the catalog lacks it"},
		{"services.sshd.ports", `["` + strings.Repeat("a", 200) + `"]`, `option services.sshd.ports takes listOf port, not "` + strings.Repeat("a", 79) + `… at [0]`},
	} {
		path, err := nixos.Split(test.option)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if m := s.Check(path, value(t, test.value)); m != nil {
			got = m.Error()
		}
		if got != test.want {
			t.Errorf("%s = %s:\n got %s\nwant %s", test.option, test.value, got, test.want)
		}
	}
	for option, want := range map[string]bool{
		"services.sshd": true, "services.sshd.*": true, "users.users.anna.uid": true, "users.*.anna.uid": true, "services.sshd.settings.Any": true,
		"services.sshd.settings.Any.deep": false, "docker.settings.a.b.c": true, "gone.since.then": false, "users.users.anna.home": false,
	} {
		path, err := nixos.Split(option)
		if err != nil {
			t.Fatal(err)
		}
		if s.Has(path) != want {
			t.Errorf("%s: want %v", option, want)
		}
	}
}

func TestTypesThatAreNone(t *testing.T) {
	for _, text := range []string{
		"", "string", "listOf", "listOf listOf str", "listOf (str", "nullOr )", "str str", "either str", "oneOf [ str ]", "oneOf str str", "enum [ ]", `enum [ "a ]`,
		"enum [ a ]", "ints.between 1", "ints.between 2 1", `strMatching "("`, "separatedString ,", strings.Repeat("(", 100) + "str", strings.Repeat("listOf (", 20) + "str" + strings.Repeat(")", 20),
	} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
	for _, options := range []map[string]string{{"a.b": "string"}, {"a..b": "str"}} {
		if _, err := New(options); err == nil {
			t.Errorf("%v is a surface", options)
		}
	}
}

func TestTypesOfTheManual(t *testing.T) {
	for text, want := range map[string]string{
		"boolean":                           "bool",
		"null or string":                    "nullOr str",
		"null or (list of string)":          "nullOr (listOf str)",
		"list of attribute set of anything": "listOf (attrsOf anything)",
		"16 bit unsigned integer; between 0 and 65535 (both inclusive)":         "ints.u16",
		"null or 16 bit unsigned integer; between 0 and 65535 (both inclusive)": "nullOr ints.u16",
		"null or (unsigned integer, meaning >=0)":                               "nullOr ints.unsigned",
		"unsigned integer, meaning >=0, or string matching the pattern [0-9]+":  `either ints.unsigned (strMatching "[0-9]+")`,
		"integer between -20 and 19 (both inclusive)":                           "ints.between -20 19",
		`one of "a", "b"`:                                                                                `enum [ "a" "b" ]`,
		`null or one of false, "rocm", 2`:                                                                `nullOr (enum [ false "rocm" 2 ])`,
		`value "vnc" (singular enum)`:                                                                    `enum [ "vnc" ]`,
		`one of "a", "b" or string`:                                                                      `either (enum [ "a" "b" ]) str`,
		`strings concatenated with "\n"`:                                                                 "lines",
		`null or strings concatenated with ","`:                                                          `nullOr (separatedString ",")`,
		"list of string matching the pattern [a-z]+[.](service|socket)":                                  `listOf (strMatching "[a-z]+[.](service|socket)")`,
		"attribute set of (systemd option)":                                                              "attrsOf unitOption",
		"attribute set of attribute set of attribute set of (submodule)":                                 "attrsOf (attrsOf (attrsOf submodule))",
		"(attribute set of boolean) or (list of string) convertible to it":                               "either (attrsOf bool) (listOf str)",
		"null or package or (path, not containing newlines or colons)":                                   "nullOr (either package path)",
		"boolean or null or (string, not containing newlines or colons)":                                 `nullOr (either bool (strMatching "[^\n:]*"))`,
		"attribute set of section of an INI file (attrs of INI atom (null, bool, int, float or string))": "attrsOf (attrsOf atom)",
		"(optionally newline-terminated) single-line string":                                             "singleLineStr",
		"non-empty (list of string)":                                                                     "nonEmptyListOf str",
		"function that evaluates to a(n) list of package":                                                "reference",
		"null or signed integer or floating point number":                                                "nullOr (either int float)",
		"raw value": "anything",
	} {
		got, known := FromManual(text)
		if !known || got.String() != want {
			t.Errorf("%s: got %s, %v, want %s", text, got, known, want)
		}
	}
	for _, text := range []string{"", "Go duration", "list of ibus-engine", "null or (string", `one of "a", `, `one of "cut of`, "string matching the pattern (", strings.Repeat("list of ", 50)} {
		if got, known := FromManual(text); known || !strings.Contains(got.String(), "anything") {
			t.Errorf("%q is known as %s", text, got)
		}
	}
}

func TestNarrowerTypes(t *testing.T) {
	for _, test := range []struct {
		narrow, wide string
		want         bool
	}{
		{"str", "str", true}, {"str", "anything", true}, {"anything", "str", false}, {"str", "nullOr str", true}, {"nullOr str", "str", false},
		{"nonEmptyStr", "str", true}, {"str", "nonEmptyStr", false}, {"lines", "str", true}, {"port", "int", true}, {"int", "port", false}, {"ints.between 1 9", "ints.u8", true},
		{"listOf port", "listOf int", true}, {"nonEmptyListOf str", "listOf str", true}, {"listOf str", "nonEmptyListOf str", false}, {"attrsOf port", "attrsOf int", true},
		{"attrsOf str", "attrs", true}, {"listOf str", "attrs", false}, {`enum [ "a" ]`, "str", true}, {`enum [ "a" 1 ]`, "str", false}, {`enum [ "a" 1 ]`, "either int str", true},
		{`enum [ "a" ]`, `enum [ "a" "b" ]`, true}, {`enum [ "c" ]`, `enum [ "a" "b" ]`, false}, {"either bool str", "oneOf [ str int bool ]", true}, {"either bool float", "oneOf [ str int bool ]", false},
		{"bool", "either bool str", true}, {"int", "atom", true}, {"listOf int", "atom", false}, {"listOf int", "unitOption", true}, {"listOf (listOf int)", "unitOption", false},
		{"reference", "anything", true}, {"float", "number", true}, {"path", "package", false},
	} {
		narrow, err := Parse(test.narrow)
		if err != nil {
			t.Fatal(err)
		}
		wide, err := Parse(test.wide)
		if err != nil {
			t.Fatal(err)
		}
		if Within(narrow, wide) != test.want {
			t.Errorf("%s within %s: want %v", test.narrow, test.wide, test.want)
		}
	}
	for _, test := range []struct {
		kind, coarse string
		want         bool
	}{
		{"bool", "bool", true}, {"bool", "string", false}, {"nullOr str", "string | null", true}, {"path", "string", true}, {"listOf str", "[string]", true}, {"listOf str", "{ _: bool }", false},
		{"listOf str", "string", false}, {"listOf package", "[Derivation]", true}, {"attrsOf (listOf str)", "{ _: [string] }", true}, {"attrsOf str", "{ ... }", true}, {"port", "int", true}, {"port", "string", false},
		{"either int str", "string | int", true}, {`enum [ "a" ]`, "{ ... }", true}, {"listOf submodule", "[{ ... }]", true}, {"listOf submodule", "list of submodule", true}, {"attrsOf bool", "{ _: { ... } | null }", true},
		{"lines", "int | null", false},
	} {
		kind, err := Parse(test.kind)
		if err != nil {
			t.Fatal(err)
		}
		if Resembles(kind, test.coarse) != test.want {
			t.Errorf("%s resembles %s: want %v", test.kind, test.coarse, test.want)
		}
	}
}

// What Parse reads, String writes.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"nullOr (listOf str)", `enum [ "a\"b" 1 true ]`, `strMatching "[a-z]+\\."`, "oneOf [ int (attrsOf (either bool path)) ]", "ints.between -1 5", "((("} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(kind.String())
		if err != nil || again.String() != kind.String() {
			t.Errorf("%q: %s, then %v, %v", text, kind, again, err)
		}
	})
}

// Whatever the manual says, what comes of it is a type that can be written down, and a check of anything against it ends.
func FuzzFromManual(f *testing.F) {
	for _, seed := range []string{"null or (list of string)", `one of "a", 1 or value "x" (singular enum)`, "string matching the pattern (a|b)", "attribute set of ((submodule) or list of (path)) convertible to it", "((("} {
		f.Add(seed, `{"a": ["b", null]}`)
	}
	f.Fuzz(func(t *testing.T, text, setting string) {
		kind, _ := FromManual(text)
		if again, err := Parse(kind.String()); err != nil || again.String() != kind.String() {
			t.Fatalf("%q: %s, then %v, %v", text, kind, again, err)
		}
		var v any
		if json.Unmarshal([]byte(setting), &v) != nil {
			return
		}
		s, err := New(map[string]string{"a": kind.String(), "a.*.b": "str"})
		if err != nil {
			t.Fatal(err)
		}
		if m := s.Check([]string{"a"}, v); m != nil && m.Error() == "" {
			t.Error("no words")
		}
	})
}

// BenchmarkCheck reads a surface as large as that of the catalog and checks as many settings as a large host has.
func BenchmarkCheck(b *testing.B) {
	options := map[string]string{}
	for i := range 100 {
		name := "services.a" + strings.Repeat("x", i)
		options[name+".enable"] = "bool"
		options[name+".ports"] = "nullOr (listOf port)"
		options[name+".settings"] = "attrsOf (oneOf [ bool int str (listOf str) ])"
	}
	list := value(b, `{"enable": true, "ports": [1, 2, 3], "settings": {"a": ["b"], "c": 1, "d": "e"}}`)
	var paths [][]string
	for i := range 400 {
		paths = append(paths, []string{"services", "a" + strings.Repeat("x", i%100)})
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(options); err != nil {
				b.Fatal(err)
			}
		}
	})
	s, err := New(options)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			for _, path := range paths {
				if m := s.Check(path, list); m != nil {
					b.Fatal(m)
				}
			}
		}
	})
}
