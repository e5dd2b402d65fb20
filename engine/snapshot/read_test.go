package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/pve2nix/pve2nix/schemas"
)

// bySchema is the published schema, as a library that knows nothing of the Go types reads it.
var bySchema = sync.OnceValue(func() *jsonschema.Schema {
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	if err := c.AddResource("snapshot.schema.json", bytes.NewReader(schemas.Snapshot)); err != nil {
		panic(err)
	}
	return c.MustCompile("snapshot.schema.json")
})

// validate checks a tree as Read does, and fails the test when the published schema says otherwise.
func validate(t *testing.T, tree any) *Error {
	t.Helper()
	err := check(rootShape(), tree.(map[string]any), "")
	if published := bySchema().Validate(tree); (err == nil) != (published == nil) {
		t.Errorf("the reader says %v, the published schema says %v", err, published)
	}
	return err
}

// fill gives every field of a struct a value of its own, lists one element.
func fill(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), name)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Name == "_" {
				continue
			}
			fill(v.Field(i), f.Name)
			key, value, _ := strings.Cut(f.Tag.Get("schema"), "=")
			switch {
			case key == "enum":
				v.Field(i).SetString(strings.Split(value, "|")[0])
			case key == "format":
				v.Field(i).SetString("2026-01-02T03:04:05Z")
			case key == "const" && value != "true":
				v.Field(i).SetString(value)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), name)
	case reflect.String:
		v.SetString("text of " + name)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	}
}

func filled() *Snapshot {
	s := &Snapshot{}
	fill(reflect.ValueOf(s).Elem(), "")
	return s
}

func encoded(t *testing.T, s *Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A snapshot that uses every field of every type is valid, and what is read is what was written.
func TestEveryFieldSurvivesWriteAndRead(t *testing.T) {
	want := filled()
	data := encoded(t, want)
	if _, err := Read(bytes.NewReader(data), "s.json"); err != nil {
		t.Fatal(err)
	}
	got := &Snapshot{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every field of the schema is refused when it has the wrong type, and each object when it has one field too many.
func TestReadRefusesEveryWrongTypeAndUnknownField(t *testing.T) {
	data := encoded(t, filled())
	var places []string
	var collect func(v any, at string)
	collect = func(v any, at string) {
		places = append(places, at)
		switch v := v.(type) {
		case map[string]any:
			for k, c := range v {
				collect(c, at+"/"+k)
			}
		case []any:
			for _, c := range v {
				collect(c, at+"/0")
			}
		}
	}
	tree, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	collect(tree, "")
	if len(places) < 400 {
		t.Fatalf("only %d places in a filled snapshot", len(places))
	}
	for _, at := range places[1:] {
		tree, _ := decode(data)
		i := strings.LastIndexByte(at, '/')
		parent, _ := Lookup(tree, at[:i])
		wrong := any([]any{map[string]any{"wrong": nil}})
		switch p := parent.(type) {
		case map[string]any:
			p[at[i+1:]] = wrong
		case []any:
			p[0] = wrong
		}
		if err := validate(t, tree); err == nil {
			t.Errorf("%s: a list with an odd object was taken", at)
		} else if !strings.HasPrefix(err.Pointer, at) {
			t.Errorf("%s: the error points to %s", at, err.Pointer)
		}
		tree, _ = decode(data)
		if node, _ := Lookup(tree, at); node != nil {
			if object, ok := node.(map[string]any); ok {
				object["surplus"] = "x"
				if err := validate(t, tree); err == nil {
					t.Errorf("%s: an unknown field was taken", at)
				}
			}
		}
	}
}

func TestReadSaysWhereAndWhy(t *testing.T) {
	good := string(encoded(t, filled()))
	for _, c := range []struct{ name, input, want string }{
		{"empty", "", "s.json:1:1: /: empty, want a JSON object"},
		{"not JSON", "<xml>", "s.json:1:2: /: invalid character '<' looking for beginning of value"},
		{"a list", "[1]", "s.json: /: want a JSON object, got a list"},
		{"no version", `{"capture": {}}`, "s.json: /schema: missing; this is no pve2nix snapshot"},
		{"wrong version", `{"schema": "pve2nix.snapshot/v9"}`, `s.json: /schema: version "pve2nix.snapshot/v9" is not supported, want "pve2nix.snapshot/v1"`},
		{"truncated", good[:strings.Index(good, `"kernel"`)+4], "/host"},
		{"missing field", strings.Replace(good, `"packages": [`, `"pakages": [`, 1), "s.json: /: packages is missing"},
		{"wrong type", strings.Replace(good, `"arch": "text of Arch"`, `"arch": 7`, 1), "s.json: /host/arch: want a string, got a number"},
		{"wrong word", strings.Replace(good, `"mode": "live"`, `"mode": "dead"`, 1), `s.json: /capture/mode: want live, root, got "dead"`},
		{"a fraction", strings.Replace(good, `"uid": 7`, `"uid": 7.5`, 1), "want an integer of 64 bits, got 7.5"},
		{"trailing text", good + "{}", "text after the end of the document"},
		{"a key that is there twice", strings.Replace(good, `"arch": "text of Arch"`, `"arch": "a:b\"c:d", "\u0061rch": "text of Arch"`, 1), ": /host/arch: this key is there twice"},
		{"a key of the document that is there twice", `{"schema": "a", "schema": "b"}`, "s.json:1:25: /schema: this key is there twice"},
		{"bad date", strings.Replace(good, "2026-01-02T03:04:05Z", "yesterday", 1), "s.json: /capture/time: want a time as in 2026-01-02T03:04:05Z, got \"yesterday\""},
		{"control character in a name", strings.Replace(good, `"arch": "text of Arch"`, `"\u001b[31m\n": 1`, 1), `unknown field "\u001b[31m\n"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.input), "s.json")
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, want %q in it", err, c.want)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("error breaks its line: %q", err)
			}
		})
	}
}

func TestReadRefusesHugeInput(t *testing.T) {
	huge := &endless{left: MaxSize + 1}
	_, err := Read(huge, "s.json")
	if err == nil || !strings.Contains(err.Error(), "larger than 128 MiB") {
		t.Errorf("got %v", err)
	}
}

type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, errors.New("read beyond the limit")
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = ' '
	}
	e.left -= n
	return n, nil
}

// The walk visits exactly the nodes that the schema marks.
func TestWalkVisitsEveryAccountablePattern(t *testing.T) {
	tree, err := decode(encoded(t, filled()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	Walk(tree.(map[string]any), func(n Node) {
		got = append(got, n.Pattern)
		if v, ok := Lookup(tree, n.Pointer); !ok || !reflect.DeepEqual(v, any(n.Value)) {
			t.Errorf("%s does not lead to the node", n.Pointer)
		}
	})
	if diff := cmp.Diff(Patterns(), got); diff != "" {
		t.Error(diff)
	}
	if len(got) < 60 {
		t.Errorf("only %d kinds of accountable facts", len(got))
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, filled()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte(`{"schema":"pve2nix.snapshot/v1","packages":[{`))
	f.Add([]byte(`[[[[[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(bytes.NewReader(data), "s.json")
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r\x1b") {
				t.Errorf("error breaks its line: %q", err)
			}
			return
		}
		Walk(d.Tree, func(Node) {})
	})
}

func BenchmarkRead(b *testing.B) {
	s := filled()
	for range 900 {
		s.Packages = append(s.Packages, s.Packages[0])
		s.Units = append(s.Units, s.Units[0])
	}
	var buf bytes.Buffer
	if err := Write(&buf, s); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(buf.Bytes()), "s.json"); err != nil {
			b.Fatal(err)
		}
	}
}
