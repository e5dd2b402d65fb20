package formats

import (
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// ovsSchema is what the schema of Open vSwitch 3.1 says of the columns that are read.
const ovsSchema = `{"name":"Open_vSwitch","version":"8.3.1","tables":{
"Open_vSwitch":{"columns":{"bridges":{"type":{"min":0,"max":"unlimited","key":{"type":"uuid","refTable":"Bridge"}}},
 "ovs_version":{"type":{"min":0,"key":"string"}},"other_config":{"type":{"min":0,"max":"unlimited","key":"string","value":"string"}},
 "external_ids":{"type":{"min":0,"max":"unlimited","key":"string","value":"string"}}}},
"Bridge":{"columns":{"name":{"type":"string"},"ports":{"type":{"min":0,"max":"unlimited","key":{"type":"uuid","refTable":"Port"}}},
 "datapath_type":{"type":"string"},"fail_mode":{"type":{"min":0,"key":"string"}},"stp_enable":{"type":"boolean"},"rstp_enable":{"type":"boolean"},
 "controller":{"type":{"min":0,"max":"unlimited","key":{"type":"uuid","refTable":"Controller"}}},
 "other_config":{"type":{"min":0,"max":"unlimited","key":"string","value":"string"}}}},
"Port":{"columns":{"name":{"type":"string"},"interfaces":{"type":{"min":1,"max":"unlimited","key":{"type":"uuid","refTable":"Interface"}}},
 "tag":{"type":{"min":0,"key":{"type":"integer","maxInteger":4095}}},"trunks":{"type":{"min":0,"max":4096,"key":"integer"}},
 "vlan_mode":{"type":{"min":0,"key":"string"}},"bond_mode":{"type":{"min":0,"key":"string"}},"lacp":{"type":{"min":0,"key":"string"}},
 "other_config":{"type":{"min":0,"max":"unlimited","key":"string","value":"string"}}}},
"Interface":{"columns":{"name":{"type":"string"},"type":{"type":"string"},"mtu_request":{"type":{"min":0,"key":"integer"}},
 "options":{"type":{"min":0,"max":"unlimited","key":"string","value":"string"}}}},
"Controller":{"columns":{"target":{"type":"string"}}}}}`

// ovsLog writes a log as the server does.
func ovsLog(records ...string) []byte {
	var out strings.Builder
	for _, record := range records {
		record += "\n"
		fmt.Fprintf(&out, "OVSDB JSON %d %x\n%s", len(record), sha1.Sum([]byte(record)), record)
	}
	return []byte(out.String())
}

func ovsFacts(t *testing.T, d *OVSDatabase) snapshot.OVS {
	t.Helper()
	out := d.Facts(fuzzPath)
	facts(t, fuzzPath, 0, out)
	return out
}

func tagOf(number int) *int { return &number }

func settingOf(key, value string) snapshot.Setting { return snapshot.Setting{Key: key, Value: &value} }

// ovsRows is one database, as rows of an answer.
const ovsRows = `[
{"rows":[{"_uuid":["uuid","s"],"bridges":["set",[["uuid","b2"],["uuid","b1"]]],"ovs_version":"3.1.0","other_config":["map",[["stp-priority","1"],["hw-offload","true"]]],"external_ids":["map",[["admin-token","t"],["system-id","8c1d"]]]}]},
{"rows":[{"_uuid":["uuid","b1"],"name":"vmbr1","ports":["set",[["uuid","p1"],["uuid","p2"],["uuid","p3"]]],"datapath_type":"netdev","fail_mode":"secure","stp_enable":false,"rstp_enable":true,"controller":["set",[]],"other_config":["map",[["rstp-priority","28672"]]]},
 {"_uuid":["uuid","b2"],"name":"vmbr0","ports":["uuid","p4"],"datapath_type":"","fail_mode":["set",[]],"stp_enable":true,"rstp_enable":false,"controller":["uuid","c"]}]},
{"rows":[{"_uuid":["uuid","p1"],"name":"vx0","interfaces":["uuid","i1"],"tag":["set",[]],"trunks":["set",[7,5]],"vlan_mode":"trunk","bond_mode":["set",[]],"lacp":["set",[]]},
 {"_uuid":["uuid","p2"],"name":"bond0","interfaces":["set",[["uuid","i2"],["uuid","i3"]]],"tag":0,"trunks":["set",[]],"vlan_mode":["set",[]],"bond_mode":"balance-slb","lacp":"active","other_config":["map",[["lacp-time","fast"]]]},
 {"_uuid":["uuid","p3"],"name":"empty","interfaces":["set",[]],"tag":20,"trunks":9,"vlan_mode":["set",[]],"bond_mode":["set",[]],"lacp":["set",[]]},
 {"_uuid":["uuid","p4"],"name":"vmbr0","interfaces":["uuid","i4"],"tag":["set",[]],"trunks":["set",[]],"vlan_mode":["set",[]],"bond_mode":["set",[]],"lacp":["set",[]]}]},
{"rows":[{"_uuid":["uuid","i1"],"name":"vx0","type":"vxlan","options":["map",[["remote_ip","192.0.2.7"],["psk","word"]]],"mtu_request":1400},
 {"_uuid":["uuid","i2"],"name":"eno3","type":"","options":["map",[]],"mtu_request":["set",[]]},
 {"_uuid":["uuid","i3"],"name":"eno2","type":"","options":["map",[]],"mtu_request":["set",[]]},
 {"_uuid":["uuid","i4"],"name":"vmbr0","type":"internal","options":["map",[]],"mtu_request":["set",[]]}]},
{"rows":[{"_uuid":["uuid","c"],"target":"tcp:192.0.2.1:6653"}]}]`

// ovsWant is what ovsRows means.
func ovsWant() snapshot.OVS {
	secret := func(value string) *snapshot.Secret { return secretOf(fuzzPath, value) }
	return snapshot.OVS{
		Version: "3.1.0",
		Options: []snapshot.Setting{
			{Key: "external_ids.admin-token", Secret: secret("t")}, settingOf("external_ids.system-id", "8c1d"),
			settingOf("other_config.hw-offload", "true"), settingOf("other_config.stp-priority", "1"),
		},
		Bridges: []snapshot.OVSBridge{
			{Name: "vmbr0", Ports: []string{"vmbr0"}, Datapath: "system", STP: true, Controllers: []string{"tcp:192.0.2.1:6653"}, PortDetails: []snapshot.OVSPort{
				{Name: "vmbr0", Interfaces: []snapshot.OVSInterface{{Name: "vmbr0", Type: "internal"}}},
			}},
			{Name: "vmbr1", Ports: []string{"bond0", "empty", "vx0"}, Datapath: "netdev", FailMode: "secure", RSTP: true, Options: []snapshot.Setting{settingOf("rstp-priority", "28672")}, PortDetails: []snapshot.OVSPort{
				{Name: "bond0", Tag: tagOf(0), BondMode: "balance-slb", LACP: "active", Options: []snapshot.Setting{settingOf("lacp-time", "fast")}, Interfaces: []snapshot.OVSInterface{{Name: "eno2", Type: "system"}, {Name: "eno3", Type: "system"}}},
				{Name: "empty", Tag: tagOf(20), Trunks: []int{9}},
				{Name: "vx0", Trunks: []int{5, 7}, VLANMode: "trunk", Interfaces: []snapshot.OVSInterface{
					{Name: "vx0", Type: "vxlan", MTU: 1400, Options: []snapshot.Setting{{Key: "psk", Secret: secret("word")}, settingOf("remote_ip", "192.0.2.7")}},
				}},
			}},
		},
	}
}

var sameOVS = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(snapshot.Setting{}, snapshot.OVSBridge{}, snapshot.OVSPort{}, snapshot.OVSInterface{})}

// recordOf turns the rows of an answer into a transaction of a log.
func recordOf(t testing.TB, rows string) string {
	t.Helper()
	var answers []struct{ Rows []map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(rows), &answers); err != nil {
		t.Fatal(err)
	}
	transaction := map[string]any{"_date": 1, "_comment": "made"}
	for i, table := range OVSTables {
		changes := map[string]any{}
		for _, row := range answers[i].Rows {
			id, err := ovsAtom(row["_uuid"])
			if err != nil {
				t.Fatal(err)
			}
			delete(row, "_uuid")
			changes[id] = row
		}
		transaction[table.Name] = changes
	}
	out, err := json.Marshal(transaction)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestAnswerAndFileOfOpenVSwitchMeanTheSame(t *testing.T) {
	fromReply, err := OVSReply([]byte(ovsRows))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ovsWant(), ovsFacts(t, fromReply), sameOVS); d != "" {
		t.Errorf("answer: %s", d)
	}
	fromLog, err := OVSLog(ovsLog(ovsSchema, recordOf(t, ovsRows)))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(ovsWant(), ovsFacts(t, fromLog), sameOVS); d != "" {
		t.Errorf("file: %s", d)
	}
}

// Since Open vSwitch 2.15 a file holds differences of sets and maps; before, it held whole values.
func TestFileOfOpenVSwitchIsReplayed(t *testing.T) {
	const made = `{"_is_diff":true,"Open_vSwitch":{"s":{"bridges":["uuid","b"],"other_config":["map",[["a","1"],["b","2"]]]}},
 "Bridge":{"b":{"name":"vmbr1","ports":["uuid","p"]}},"Port":{"p":{"name":"eno1","interfaces":["uuid","i"],"trunks":["set",[5,6]],"tag":4}},"Interface":{"i":{"name":"eno1"}}}`
	for _, c := range []struct {
		name, record string
		trunks       []int
		tag          *int
		options      string
		bridges      int
	}{
		{"nothing", `{"_comment":"empty"}`, []int{5, 6}, tagOf(4), "a=1 b=2", 1},
		{"a member goes and another comes", `{"_is_diff":true,"Port":{"p":{"trunks":["set",[6,7]]}}}`, []int{5, 7}, tagOf(4), "a=1 b=2", 1},
		{"whole values", `{"Port":{"p":{"trunks":["set",[6,7]]}}}`, []int{6, 7}, tagOf(4), "a=1 b=2", 1},
		{"a pair goes, one changes, one comes", `{"_is_diff":true,"Open_vSwitch":{"s":{"other_config":["map",[["a","1"],["b","3"],["c","4"]]]}}}`, []int{5, 6}, tagOf(4), "b=3 c=4", 1},
		{"single values are replaced", `{"_is_diff":true,"Port":{"p":{"tag":9}}}`, []int{5, 6}, tagOf(9), "a=1 b=2", 1},
		{"single values are cleared", `{"_is_diff":true,"Port":{"p":{"tag":["set",[]]}}}`, []int{5, 6}, nil, "a=1 b=2", 1},
		{"a row goes", `{"_is_diff":true,"Bridge":{"b":null},"Open_vSwitch":{"s":{"bridges":["uuid","b"]}}}`, nil, nil, "a=1 b=2", 0},
		{"an unknown row goes", `{"Bridge":{"x":null},"Unknown":{"x":{"y":1}}}`, []int{5, 6}, tagOf(4), "a=1 b=2", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := OVSLog(ovsLog(ovsSchema, made, c.record))
			if err != nil {
				t.Fatal(err)
			}
			got := ovsFacts(t, d)
			var options []string
			for _, s := range got.Options {
				options = append(options, strings.TrimPrefix(s.Key, "other_config.")+"="+*s.Value)
			}
			if strings.Join(options, " ") != c.options || len(got.Bridges) != c.bridges {
				t.Fatalf("options %v, bridges %+v", options, got.Bridges)
			}
			if c.bridges == 0 {
				return
			}
			port := got.Bridges[0].PortDetails[0]
			if d := cmp.Diff(c.trunks, port.Trunks); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.tag, port.Tag); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDamagedFileOfOpenVSwitch(t *testing.T) {
	good := ovsLog(ovsSchema, `{"Open_vSwitch":{"s":{"ovs_version":"3.1.0"}}}`)
	whole := func(more string) []byte { return append(append([]byte{}, good...), more...) }
	next := string(ovsLog(`{"Open_vSwitch":{"s":{"ovs_version":"9"}}}`))
	for _, c := range []struct {
		name    string
		data    []byte
		err     string
		version string // "-" for no database at all
	}{
		{"whole", good, "", "3.1.0"},
		{"half a record", whole(next[:len(next)-5]), "record 2: shorter than it says", "3.1.0"},
		{"half a heading", whole("OVSDB JSON 12"), "record 2: not a record", "3.1.0"},
		{"another checksum", whole(strings.Replace(next, `"9"`, `"8"`, 1)), "record 2: damaged", "3.1.0"},
		{"a negative length", whole("OVSDB JSON -1 00\n"), "record 2: shorter", "3.1.0"},
		{"a length that overflows", whole("OVSDB JSON 99999999999999999999 00\n"), "record 2: shorter", "3.1.0"},
		{"an endless heading", whole(strings.Repeat("OVSDB JSON ", 1000)), "record 2: not a record", "3.1.0"},
		{"a record that is no object", whole(string(ovsLog(`[1]`))), "record 2: json", "3.1.0"},
		{"rows that are no objects", whole(string(ovsLog(`{"Port":{"p":[1]}}`))), "record 2: Port", "3.1.0"},
		{"a value that is none", whole(string(ovsLog(`{"Port":{"p":{"tag":["set",[["set",[]]]]}}}`))), "record 2: Port: tag", "3.1.0"},
		{"nothing", nil, "record 0", "-"},
		{"another file", []byte("# a text\n"), "record 0: not a record", "-"},
		{"a clustered database", []byte("OVSDB CLUSTER 12 00\n"), "clustered", "-"},
		{"another schema", ovsLog(`{"name":"OVN_Northbound","tables":{"Logical_Switch":{"columns":{}}}}`), "not a schema of Open vSwitch", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := OVSLog(c.data)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %v, want %q", err, c.err)
			}
			version := "-"
			if d != nil {
				version = ovsFacts(t, d).Version
			}
			if version != c.version {
				t.Errorf("version %q, want %q", version, c.version)
			}
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	rest := strings.Repeat(`,{"rows":[]}`, len(OVSTables)-1)
	for text, want := range map[string]string{
		``:              "result",
		`{}`:            "result",
		`null`:          "no answer about Open_vSwitch",
		`[]`:            "no answer about Open_vSwitch",
		`[{"rows":[]}]`: "no answer about Bridge",
		`[{"error":"unknown column","details":"x"}` + rest + `]`:                          "Open_vSwitch: unknown column x",
		`[{"rows":[{"ovs_version":"3"}]}` + rest + `]`:                                    "without a uuid",
		`[{"rows":[{"_uuid":["set",[]]}]}` + rest + `]`:                                   "without a uuid",
		`[{"rows":[{"_uuid":["uuid","a"],"bridges":{"x":1}}]}` + rest + `]`:               "Open_vSwitch: bridges: not a value",
		`[{"rows":[{"_uuid":["uuid","a"],"bridges":null}]}` + rest + `]`:                  "bridges: not a value",
		`[{"rows":[{"_uuid":["uuid","a"],"bridges":["map",[["a"]]]}]}` + rest + `]`:       "bridges: not a value",
		`[{"rows":[{"_uuid":["uuid","a"],"bridges":["list",[]]}]}` + rest + `]`:           "bridges: not a value",
		`[{"rows":[{"_uuid":["uuid","a"],"bridges":["uuid",["uuid","b"]]}]}` + rest + `]`: "bridges: not a value",
		`[{"rows":"many"}` + rest + `]`:                                                   "result",
		strings.Repeat("[", 1<<20):                                                        "result",
	} {
		if d, err := OVSReply([]byte(text)); err == nil || !strings.Contains(err.Error(), want) || d != nil {
			t.Errorf("%.80s: %v %v, want %q", text, d, err, want)
		}
	}
}

// Rows that refer to one another in many ways must not multiply.
func TestSharedRowsOfOpenVSwitchDoNotMultiply(t *testing.T) {
	const count = 2000
	references := func(name string) string {
		var out []string
		for i := range count {
			out = append(out, fmt.Sprintf(`["uuid","%s%d"]`, name, i))
		}
		return `["set",[` + strings.Join(out, ",") + `]]`
	}
	rows := func(name, column, to string) string {
		var out []string
		for i := range count {
			out = append(out, fmt.Sprintf(`"%s%d":{"name":"%s%d","%s":["uuid","%s"]}`, name, i, name, i, column, to))
		}
		return "{" + strings.Join(out, ",") + "}"
	}
	record := `{"Open_vSwitch":{"s":{"bridges":` + references("b") + `}},"Bridge":` + rows("b", "ports", "p") +
		`,"Port":{"p":{"name":"p","interfaces":` + references("i") + `}},"Interface":` + rows("i", "options", "x") + `}`
	d, err := OVSLog(ovsLog(ovsSchema, record))
	if err != nil {
		t.Fatal(err)
	}
	if out := encode(t, d.Facts(fuzzPath)); len(out) > 4*len(record) {
		t.Errorf("%d bytes became %d", len(record), len(out))
	}
}

func FuzzOVSLog(f *testing.F) {
	f.Add([]byte(recordOf(f, ovsRows)), true)
	f.Add([]byte(`{"_is_diff":true,"Open_vSwitch":{"s":{"bridges":["uuid","b"],"other_config":["map",[["a","1"]]]}},"Bridge":{"b":null}}`), true)
	f.Add([]byte("OVSDB JSON 3 0\n{}\n"), false)
	f.Add([]byte(ovsRows), false)
	f.Fuzz(func(t *testing.T, data []byte, sealed bool) {
		secret := `{"Open_vSwitch":{"fuzz":{"external_ids":["map",[["psk","` + planted + `"]]]}}}`
		log := ovsLog(ovsSchema, secret)
		if sealed {
			log = append(log, ovsLog(string(data))...)
		} else {
			log = append(log, data...)
		}
		d, _ := OVSLog(log)
		result := ovsFacts(t, d)
		hidden(t, result)
		if out := encode(t, result); len(out) > 64*len(log) {
			t.Fatalf("%d bytes became %d", len(log), len(out))
		}
		if reply, err := OVSReply(data); err == nil {
			ovsFacts(t, reply)
		}
	})
}
