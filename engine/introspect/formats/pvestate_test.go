package formats

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func jsonText(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestStateOfHA(t *testing.T) {
	status, err := HAManagerStatus([]byte(`{"master_node":"b","node_status":{"a":"online","b":"maintenance"},"timestamp":17,
		"service_status":{"vm:100":{"node":"a","running":1,"state":"started","uid":"x"},"ct:9":{"state":"error","node":"b"},"vm:7":{"node":3,"state":null}}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := jsonText(t, status), `{"Manager":"b","Nodes":{"a":"online","b":"maintenance"},"Services":[{"id":"ct:9","state":"error","node":"b"},{"id":"vm:100","state":"started","node":"a"},{"id":"vm:7","state":"","node":"3"}]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for text, want := range map[string]string{`{"mode":"maintenance","state":"active","timestamp":1}`: "maintenance", `{}`: ""} {
		if mode, err := HANodeMode([]byte(text)); mode != want || err != nil {
			t.Errorf("%s: %q %v", text, mode, err)
		}
	}
	for text, want := range map[string]string{"{\n\"master_node\":": "line 2: no JSON", "": "line 1: no JSON", "[1]": "line 1: not the shape", "{\"service_status\":\n{\"vm:1\":[]}}": "line 2: not the shape"} {
		if _, err := HAManagerStatus([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestMembers(t *testing.T) {
	m, err := Members([]byte(`{"nodename":"a","version":14,"cluster":{"name":"c","version":5,"nodes":2,"quorate":1},"nodelist":{"a":{"id":1,"online":1,"ip":"10.0.0.1"},"b":{"id":2,"online":0}}}`))
	if err != nil || m.Quorate == nil || !*m.Quorate || len(m.Online) != 2 || !m.Online["a"] || m.Online["b"] {
		t.Errorf("%+v %v", m, err)
	}
	m, err = Members([]byte("{\n\"nodename\": \"a\",\n\"version\": 0\n}\n"))
	if err != nil || m.Quorate != nil || len(m.Online) != 0 {
		t.Errorf("a host of its own: %+v %v", m, err)
	}
}

func TestWhatOfTheSDNWasNotApplied(t *testing.T) {
	parts := func() []SDNPart {
		read := func(name string, kind SectionKind, text string) []snapshot.Section {
			sections, anomalies := Sections("/etc/pve/sdn/"+name, []byte(text), kind)
			if len(anomalies) > 0 {
				t.Fatal(anomalies)
			}
			return sections
		}
		return []SDNPart{
			{Kind: "zones", Sections: read("zones.cfg", SDNZones, "simple: lab\n\tipam pve\n\tnodes b,a\n\nvxlan: mesh\n\tpeers 10.0.0.1,10.0.0.2\n\tmtu 1450\n")},
			{Kind: "subnets", Sections: read("subnets.cfg", SDNSubnets, "subnet: lab-10.0.0.0-24\n\tvnet lab0\n\tsnat yes\n\tdhcp-range start-address=10.0.0.5,end-address=10.0.0.9\n\tdhcp-range start-address=10.0.0.50,end-address=10.0.0.90\n")},
			{Kind: "controllers", Sections: read("controllers.cfg", SDNControllers, "evpn: c\n\tasn 4294967295\n\tpeers 10.0.0.1\n")},
			{Kind: "fabrics", Recent: true},
		}
	}
	const applied = `{"version":3,"zones":{"ids":{"lab":{"type":"simple","ipam":"pve","nodes":{"a":1,"b":1}},"mesh":{"type":"vxlan","peers":"10.0.0.1,10.0.0.2","mtu":1450}}},
		"subnets":{"ids":{"lab-10.0.0.0-24":{"type":"subnet","vnet":"lab0","snat":1,"dhcp-range":["start-address=10.0.0.5,end-address=10.0.0.9","start-address=10.0.0.50,end-address=10.0.0.90"]}}},
		"controllers":{"ids":{"c":{"type":"evpn","asn":4294967295,"peers":"10.0.0.1"}}},"vnets":{"ids":{}}}`
	for _, c := range []struct{ name, from, to, want string }{
		{"all applied", "", "", ""},
		{"a value", `"mtu":1450`, `"mtu":1500`, "zones/mesh"},
		{"a key that is gone", `"mtu":1450`, `"mtu":1450,"bridge":"x"`, "zones/mesh"},
		{"a key that is new", `,"mtu":1450`, ``, "zones/mesh"},
		{"a node", `{"a":1,"b":1}`, `{"a":1}`, "zones/lab"},
		{"a type", `"type":"simple"`, `"type":"vlan"`, "zones/lab"},
		{"a section that is new", `"c":{"type":"evpn","asn":4294967295,"peers":"10.0.0.1"}`, ``, "controllers/c"},
		{"a section that is gone", `"lab":{`, `"old":{"type":"simple"},"lab":{`, "zones/old"},
		{"a range", `end-address=10.0.0.90`, `end-address=10.0.0.99`, "subnets/lab-10.0.0.0-24"},
		{"the name of a section", `"asn":4294967295`, `"asn":4294967295,"id":"c"`, ""},
		{"another name", `"asn":4294967295`, `"asn":4294967295,"id":"d"`, "controllers/c"},
		{"a fabric that is gone", `"version":3`, `"fabrics":{"ids":{"f":{"type":"openfabric"}}}`, "fabrics/f"},
	} {
		text := strings.Replace(applied, c.from, c.to, 1)
		pending, err := SDNPending("/etc/pve/sdn/.running-config", []byte(text), parts())
		if got := strings.Join(pending, " "); got != c.want || err != nil {
			t.Errorf("%s: %q %v, want %q", c.name, got, err, c.want)
		}
	}
	pending, err := SDNPending("/etc/pve/sdn/.running-config", nil, parts())
	if got := strings.Join(pending, " "); got != "zones/lab zones/mesh subnets/lab-10.0.0.0-24 controllers/c" || err != nil {
		t.Errorf("never applied: %q %v", got, err)
	}
	if _, err := SDNPending("/etc/pve/sdn/.running-config", []byte(`{"zones":[]}`), parts()); err == nil {
		t.Error("a shape that PVE does not write is taken")
	}
}

// An address with a password in a section is compared with what was applied by its digest.
func TestSecretsOfTheSDNAreComparedByDigest(t *testing.T) {
	sections, _ := Sections("/etc/pve/sdn/zones.cfg", []byte("alien: z\n\ttoken abc\n"), SDNZones)
	for value, want := range map[string]int{"abc": 0, "abd": 1} {
		pending, err := SDNPending("/x", []byte(`{"zones":{"ids":{"z":{"type":"alien","token":"`+value+`"}}}}`), []SDNPart{{Kind: "zones", Sections: sections}})
		if err != nil || len(pending) != want {
			t.Errorf("%s: %v %v", value, pending, err)
		}
	}
}

// certificateOf makes a certificate and its key in PEM.
func certificateOf(t testing.TB, template x509.Certificate) (certificate, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(1)
	template.NotBefore, template.NotAfter = time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC), time.Date(2035, 1, 2, 3, 4, 5, 0, time.UTC)
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(other)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})
}

func TestCertificates(t *testing.T) {
	node, key := certificateOf(t, x509.Certificate{
		Subject:  pkix.Name{CommonName: "pve1.example.net", Organization: []string{"Proxmox, Virtual"}, OrganizationalUnit: []string{"PVE Cluster Node"}},
		DNSNames: []string{"pve1.example.net", "localhost", "pve1", "pve1"}, IPAddresses: []net.IP{net.ParseIP("127.0.0.1"), net.ParseIP("::1")},
	})
	authority, _ := certificateOf(t, x509.Certificate{Subject: pkix.Name{CommonName: "CA"}, IsCA: true, BasicConstraintsValid: true})
	block, _ := pem.Decode(node)
	for name, c := range map[string]struct {
		data    []byte
		private bool
		error   string
	}{
		"alone":               {node, false, ""},
		"a chain":             {slices.Concat(node, authority), false, ""},
		"text around":         {slices.Concat([]byte("subject=x\n"), node, []byte("\n\n")), false, ""},
		"after its key":       {slices.Concat(key, node), true, ""},
		"before its key":      {slices.Concat(node, key), true, ""},
		"DER":                 {block.Bytes, false, ""},
		"empty":               {nil, false, "no certificate"},
		"text":                {[]byte("hello\n"), false, "no certificate"},
		"a key alone":         {key, true, "line 1: no certificate"},
		"a broken key":        {[]byte("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n"), true, "line 1: no certificate"},
		"cut off":             {node[:len(node)-30], false, "line 1: no certificate"},
		"broken base64":       {[]byte("\n\n-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"), false, "line 3: no certificate"},
		"base64 of nonsense":  {[]byte("# text\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), false, "line 2: x509"},
		"DER that is cut off": {block.Bytes[:40], false, "line 1: x509"},
	} {
		t.Run(name, func(t *testing.T) {
			got, private, err := Certificate("/x.pem", c.data)
			if private != c.private {
				t.Errorf("holds a key: %t", private)
			}
			if c.error != "" {
				if err == nil || !strings.Contains(err.Error(), c.error) {
					t.Errorf("%v, want %s", err, c.error)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Subject != `CN=pve1.example.net,OU=PVE Cluster Node,O=Proxmox\, Virtual` || got.Issuer != got.Subject || got.Authority || got.KeyAlgorithm != "ECDSA" {
				t.Errorf("%+v", got)
			}
			if names := strings.Join(got.Names, " "); names != "127.0.0.1 ::1 localhost pve1 pve1.example.net" {
				t.Errorf("names %s", names)
			}
			if got.NotBefore != "2025-01-02T03:04:05Z" || got.NotAfter != "2035-01-02T03:04:05Z" {
				t.Errorf("%+v", got)
			}
			if len(got.Fingerprint) != 32*3-1 || strings.ToUpper(got.Fingerprint) != got.Fingerprint {
				t.Errorf("fingerprint %s", got.Fingerprint)
			}
		})
	}
	if got, _, err := Certificate("/x.pem", authority); err != nil || !got.Authority {
		t.Errorf("%+v %v", got, err)
	}
}

func FuzzCertificate(f *testing.F) {
	node, key := certificateOf(f, x509.Certificate{Subject: pkix.Name{CommonName: "x"}, DNSNames: []string{"a"}})
	f.Add(node)
	f.Add(append(key, node...))
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, _, err := Certificate("/x.pem", data)
		if err == nil {
			facts(t, "/x", 1<<30, c)
		}
	})
}

func FuzzStateOfPVE(f *testing.F) {
	f.Add([]byte(`{"master_node":"b","node_status":{"a":"online"},"service_status":{"vm:100":{"node":"a","state":"started"}}}`))
	f.Add([]byte(`{"mode":"active"}`))
	f.Add([]byte(`{"cluster":{"quorate":1},"nodelist":{"a":{"online":1}}}`))
	f.Add([]byte(`{"zones":{"ids":{"z":{"type":"simple","nodes":{"a":1},"x":[1,[2,{"y":null}]]}}}}`))
	sections, _ := Sections("/etc/pve/sdn/zones.cfg", []byte("simple: z\n\tnodes a\n\ttoken x\n"), SDNZones)
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := HAManagerStatus(data); err == nil {
			facts(t, "/x", 1<<30, s.Services)
		}
		_, _ = HANodeMode(data)
		_, _ = Members(data)
		pending, err := SDNPending("/x", data, []SDNPart{{Kind: "zones", Sections: sections}, {Kind: "fabrics", Recent: true}})
		if pending == nil {
			t.Error("a nil list")
		}
		if err == nil {
			facts(t, "/x", 1<<30, pending)
		}
	})
}
