package nix_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nix"
)

func TestFromJSONPrints(t *testing.T) {
	for _, c := range []struct {
		name, json, want string
	}{
		{"null", `null`, `null`},
		{"text that is Nix", `"${builtins.readFile \"/etc/passwd\"}"`, `"\${builtins.readFile \"/etc/passwd\"}"`},
		{"integer", `-9007199254740993`, `-9007199254740993`},
		{"greatest integer", `9223372036854775807`, `9223372036854775807`},
		{"least integer", `-9223372036854775808`, `(-9223372036854775807 - 1)`},
		{"number with a point", `1.0`, `1.0`},
		{"number with an exponent", `1e3`, `1000.0`},
		{"great number", `1e300`, `1.0e+300`},
		{"negative zero", `-0.0`, `0.0`},
		{"negative item", `[-1]`, `[ (-1) ]`},
		{"empty list and set", `[[],{}]`, "[\n  [ ]\n  { }\n]"},
		{"sorted keys", `{"b":1,"a":2,"":3,"if":4}`, "{\n  \"\" = 3;\n  a = 2;\n  b = 1;\n  \"if\" = 4;\n}"},
		{"reference", `{"_ref":["pkgs","htop"]}`, `pkgs.htop`},
		{"reference with odd names", `{"_ref":["config","a b","or","x'y","${z}"]}`, `config."a b"."or".x'y."\${z}"`},
		{"text with references", `{"_concat":[{"_ref":["pkgs","rsync"]},"/bin/rsync ${x} \"a\" $",{"_ref":["config","a b"]}]}`, `"${pkgs.rsync}/bin/rsync \${x} \"a\" \$${config."a b"}"`},
		{"texts in a row", `{"_concat":["$","{x}","$$",{"_ref":["pkgs","a"]},"{","$"]}`, `"\${x}$\$${pkgs.a}{$"`},
		{"call", `{"_call":[{"_ref":["pkgs","fetchurl"]},{"url":"https://x/${y}","args":[{"_call":[{"_ref":["pkgs","a"]},{}]}]}]}`, "pkgs.fetchurl {\n  args = [ (pkgs.a { }) ];\n  url = \"https://x/\\${y}\";\n}"},
		{"names of packages", `{"_named":["vault","a\"b${x}"]}`, "package:\nlib.elem (lib.getName package) [\n  \"vault\"\n  \"a\\\"b\\${x}\"\n]"},
		{"name of a package", `{"_named":["vault"]}`, `package: lib.elem (lib.getName package) [ "vault" ]`},
		{"path", `{"_path":"./domains/100.xml"}`, `./domains/100.xml`},
		{"wrapped value", `{"_mkForce":-1}`, `lib.mkForce (-1)`},
		{"wrapped set", `{"_mkDefault":{"a":[1]}}`, "lib.mkDefault {\n  a = [ 1 ];\n}"},
		{"wrapped twice", `{"_mkBefore":{"_mkAfter":["x"]}}`, `lib.mkBefore (lib.mkAfter [ "x" ])`},
	} {
		e, err := nix.FromJSON(decode(t, []byte(c.json)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := mustPrint(t, e); got != c.want+"\n" {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestFromJSONTakesGoNumbers(t *testing.T) {
	for _, c := range []struct {
		number any
		want   nix.Expr
	}{
		{3, nix.Int(3)},
		{int64(math.MinInt64), nix.Int(math.MinInt64)},
		{uint64(7), nix.Int(7)},
		{3.0, nix.Int(3)},
		{-0.5, nix.Float(-0.5)},
		{9007199254740992.0, nix.Int(1 << 53)},
		{9007199254740994.0, nix.Float(9007199254740994)},
		{1e300, nix.Float(1e300)},
		{json.Number("3"), nix.Int(3)},
		{json.Number("3.0"), nix.Float(3)},
	} {
		got, err := nix.FromJSON(c.number)
		if err != nil || got != c.want {
			t.Errorf("%T %v: got %T %v (%v), want %T %v", c.number, c.number, got, got, err, c.want, c.want)
		}
	}
}

func TestFromJSONRefusesWithThePointer(t *testing.T) {
	deep := any("x")
	for range 600 {
		deep = []any{deep}
	}
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"unknown special key", map[string]any{"a/b": []any{map[string]any{"_mkOrder": 1}}}, `/a~1b/0: key "_mkOrder" is not known`},
		{"path upwards", map[string]any{"_path": "./a/../b"}, `/_path: a path is ./ and names of letters, digits, dots, dashes and underscores, not "./a/../b"`},
		{"path from the root", map[string]any{"_path": "/etc/shadow"}, `/_path: a path is ./ and names of letters, digits, dots, dashes and underscores, not "/etc/shadow"`},
		{"special key beside another", map[string]any{"_mkForce": 1, "a": 2}, `/: key "_mkForce" must be the only one`},
		{"special key after another", map[string]any{"A": 1, "_ref": []any{"pkgs"}}, `/: key "_ref" must be the only one`},
		{"underscore alone", map[string]any{"_": 1}, `/: key "_" is not known`},
		{"reference to another root", map[string]any{"_ref": []any{"builtins", "exec"}}, `/_ref/0: a reference begins with pkgs, lib, config, not "builtins"`},
		{"reference with an expression as root", map[string]any{"_ref": []any{"pkgs; evil"}}, `/_ref/0: a reference begins with`},
		{"empty reference", map[string]any{"_ref": []any{}}, `/_ref: a reference is a list`},
		{"reference that is text", map[string]any{"_ref": "pkgs.htop"}, `/_ref: a reference is a list`},
		{"number in a reference", map[string]any{"_ref": []any{"pkgs", 1}}, `/_ref/1: int is no string`},
		{"number in a text with references", map[string]any{"_concat": []any{"a", 1}}, `/_concat/1: a part is a text or a reference`},
		{"set in a text with references", map[string]any{"_concat": []any{map[string]any{"a": 1}}}, `/_concat/0: a part is a text or a reference`},
		{"text with references of nothing", map[string]any{"_concat": []any{}}, `/_concat: a text with references is a list`},
		{"name of a package that is none", map[string]any{"_named": []any{"a", 1}}, `/_named/1: a name of a package is a text`},
		{"names of packages that are no list", map[string]any{"_named": "a"}, `/_named: names of packages are a list`},
		{"NUL in a name of a package", map[string]any{"_named": []any{"a\x00"}}, `/_named/0: text contains a NUL byte`},
		{"NUL in a text with references", map[string]any{"_concat": []any{"a\x00"}}, `/_concat/0: text contains a NUL byte`},
		{"call of a text", map[string]any{"_call": []any{"pkgs.fetchurl", map[string]any{}}}, `/_call/0: what is called is a reference that begins with pkgs`},
		{"call of what is not in pkgs", map[string]any{"_call": []any{map[string]any{"_ref": []any{"lib", "readFile"}}, map[string]any{}}}, `/_call/0: what is called is a reference that begins with pkgs`},
		{"call with a text", map[string]any{"_call": []any{map[string]any{"_ref": []any{"pkgs", "a"}}, "x"}}, `/_call/1: a function is called with a set`},
		{"call with nothing", map[string]any{"_call": []any{map[string]any{"_ref": []any{"pkgs", "a"}}}}, `/_call: a call is a list of a reference and a set`},
		{"NUL in a call", map[string]any{"_call": []any{map[string]any{"_ref": []any{"pkgs", "a"}}, map[string]any{"a": "\x00"}}}, `/_call/1/a: text contains a NUL byte`},
		{"NUL in a reference", map[string]any{"_ref": []any{"pkgs", "a\x00"}}, `/_ref/1: text contains a NUL byte`},
		{"NUL", map[string]any{"a": []any{"", "b\x00"}}, `/a/1: text contains a NUL byte`},
		{"NUL in a key", map[string]any{"a\x00": 1}, `/: key "a\x00": text contains a NUL byte`},
		{"invalid UTF-8", []any{"\xff"}, `/0: text is not valid UTF-8`},
		{"integer beyond 64 bits", []any{json.Number("9223372036854775808")}, `/0: integer 9223372036854775808 does not fit into 64 bits`},
		{"unsigned beyond 64 bits", uint64(math.MaxUint64), `/: integer 18446744073709551615 does not fit`},
		{"infinite number", json.Number("1e999"), `/: strconv.ParseFloat`},
		{"number too near to zero", json.Number("5e-324"), `/: number 5e-324 has no literal in Nix`},
		{"NaN", math.NaN(), `/: number NaN has no literal in Nix`},
		{"no JSON type", map[string]any{"a": struct{}{}}, `/a: struct {} is no JSON value`},
		{"endless nesting", deep, `nested deeper than 500 levels`},
	} {
		got, err := nix.FromJSON(c.value)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got %v, error %v, want %s", c.name, got, err, c.want)
		}
	}
}
