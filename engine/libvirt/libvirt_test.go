package libvirt

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tree(t testing.TB, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDomainIsWrittenInLibvirtsOrder(t *testing.T) {
	in, err := os.ReadFile(filepath.Join("testdata", "domain.json"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "domain.xml"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := RenderDomain("100", tree(t, string(in)))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("have\n%s", got)
	}
}

func TestDevicesAreInTheOrderOfPVE(t *testing.T) {
	const want = "ide2 scsi0 scsi2 scsi10 virtio0 sata0 audio net0 net2 net010 net10"
	keys := Keyed[string]{}
	for _, key := range strings.Fields(want) {
		keys[key] = key
	}
	if got := strings.Join(keys.keys(), " "); got != want {
		t.Errorf("have %s, want %s", got, want)
	}
}

func TestWhatTheTypesHaveNotIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range []struct{ tree, want string }{
		{`{"nmae": "a"}`, "/nmae: libvirt has no such name here"},
		{`{"name": 1}`, "/name: want text, have a number"},
		{`{"type": "kvm"}`, "/name: a domain needs one"},
		{`{"devices": {"disks": []}}`, "/devices/disks: want a set, have a list"},
		{`{"devices": {"disks": {"scsi0": {"type": "file", "driver": {"caches": "none"}}}}}`, "/devices/disks/scsi0/driver/caches: libvirt has no such name here"},
		{`{"devices": {"disks": {"scsi0": {"boot": {"order": 1}}}}}`, "/devices/disks/scsi0/boot: libvirt has no such name here"},
		{`{"memory": {"value": 1.5}}`, "/memory/value: want a whole number, have a number"},
		{`{"features": {"acpi": "yes"}}`, "/features/acpi: want true or false, have text"},
		{`{"metadata": {"guest": {"tags": {"a": true}}}}`, "/metadata/guest/tags: want a list, have a set"},
		{`{"title": null}`, "/title: want text, have nothing"},
		{`{"title": "a\u0000b"}`, "/title: XML cannot hold the character U+0000"},
		{`{"cputune": {"vcpupin": [{"vcpu": 0, "cpuset": "\ufffe"}]}}`, "/cputune/vcpupin/0/cpuset: XML cannot hold the character U+FFFE"},
		{`{"devices": {"disks": {"scsi0": true}}}`, "/devices/disks/scsi0: want a set, have true or false"},
	} {
		if _, err := RenderDomain("100", tree(t, c.tree)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", c.tree, err)
		}
	}
}

func TestSecretIsAPlaceWithoutAKey(t *testing.T) {
	got, err := RenderSecret("ceph-vm", tree(t, `{"ephemeral": false, "private": true, "usage": {"type": "ceph", "name": "a<b"}}`))
	const want = "<secret ephemeral=\"no\" private=\"yes\">\n  <usage type=\"ceph\">\n    <name>a&lt;b</name>\n  </usage>\n</secret>\n"
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	for text, want := range map[string]string{
		`{"value": "a key"}`: "/value: libvirt has no such name here",
		`{"private": true}`:  "/usage: a secret needs one",
	} {
		if _, err := RenderSecret("ceph-vm", tree(t, text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTextStaysText(t *testing.T) {
	for _, hostile := range []string{
		`]]></description><devices/>`, `"/><x y="`, "a\nb\r\tc", `${x}''`, "<!-- -->", "&amp;", `../../etc`, "\U0001f600é", " ", `a="b"></a>`,
	} {
		out, err := RenderDomain("100", map[string]any{
			"name": hostile, "type": hostile, "description": hostile, "title": hostile,
			"metadata": map[string]any{"guest": map[string]any{"vmid": 1, "tags": []any{hostile}}},
			"sysinfo":  map[string]any{"type": "smbios", "system": map[string]any{"entry": map[string]any{"serial": hostile, hostile: "x"}}},
			"features": map[string]any{"acpi": true},
		})
		if err != nil {
			t.Errorf("%q: %v", hostile, err)
			continue
		}
		var back struct {
			Type        string   `xml:"type,attr"`
			Name        string   `xml:"name"`
			Title       string   `xml:"title"`
			Description string   `xml:"description"`
			Tags        []string `xml:"metadata>guest>tag"`
			Entries     []struct {
				Name  string `xml:"name,attr"`
				Value string `xml:",chardata"`
			} `xml:"sysinfo>system>entry"`
			Rest []struct{ XMLName xml.Name } `xml:",any"`
		}
		if err := xml.Unmarshal(out, &back); err != nil {
			t.Errorf("%q: %v\n%s", hostile, err, out)
			continue
		}
		if back.Type != hostile || back.Name != hostile || back.Title != hostile || back.Description != hostile ||
			len(back.Tags) != 1 || back.Tags[0] != hostile || len(back.Entries) != 2 || len(back.Rest) != 1 {
			t.Errorf("%q became %+v\n%s", hostile, back, out)
		}
	}
}

func FuzzRenderDomain(f *testing.F) {
	for _, seed := range []string{
		`{"name": "a", "type": "kvm", "devices": {"disks": {"scsi0": {"type": "file", "source": {"file": "/x"}}}}, "boot_order": {"scsi0": 1}}`,
		`{"name": "]]>", "description": "<a></a>", "features": {"acpi": true, "hyperv": {"relaxed": {"state": true}}}}`,
		`{"name": "a", "commandline": {"arg": [{"value": "-x"}]}, "cpu": {"features": {"a": {"policy": "require"}}}}`,
		`{"uuid": "x", "usage": {"type": "ceph", "name": "]]><a/>"}}`,
		`{"name": "\ud800", "memory": {"value": 1e400}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := json.NewDecoder(strings.NewReader(string(data)))
		d.UseNumber()
		var in map[string]any
		if d.Decode(&in) != nil {
			return
		}
		for kind, render := range map[string]func(string, map[string]any) ([]byte, error){"domain": RenderDomain, "network": RenderNetwork, "pool": RenderPool, "secret": RenderSecret} {
			out, err := render("x", in)
			if err != nil {
				continue
			}
			back := xml.NewDecoder(strings.NewReader(string(out)))
			depth, roots := 0, 0
			for {
				token, err := back.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v\n%s", kind, err, out)
				}
				switch token := token.(type) {
				case xml.StartElement:
					if depth == 0 {
						roots++
						if token.Name.Local != kind {
							t.Fatalf("%s begins with %s", kind, token.Name.Local)
						}
					}
					depth++
				case xml.EndElement:
					depth--
				}
			}
			if roots != 1 {
				t.Fatalf("%s has %d roots\n%s", kind, roots, out)
			}
			if again, err := render("x", in); err != nil || string(again) != string(out) {
				t.Fatalf("%s is not the same a second time", kind)
			}
		}
	})
}
