package formats

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// OVSTable is a table of the database of Open vSwitch with the columns that facts are made of.
type OVSTable struct {
	Name    string
	Columns []string
}

// OVSTables are the tables that are read, ovs-vswitchd.conf.db(5). What only tells what the switch is doing
// (statistics, status, link state) is not among the columns.
var OVSTables = []OVSTable{
	{"Open_vSwitch", []string{"bridges", "ovs_version", "other_config", "external_ids"}},
	{"Bridge", []string{"name", "ports", "datapath_type", "fail_mode", "stp_enable", "rstp_enable", "controller", "other_config"}},
	{"Port", []string{"name", "interfaces", "tag", "trunks", "vlan_mode", "bond_mode", "lacp", "other_config"}},
	{"Interface", []string{"name", "type", "options", "mtu_request"}},
	{"Controller", []string{"target"}},
}

// OVSDatabase holds the rows of a database of Open vSwitch.
type OVSDatabase struct {
	// tables maps the name of a table and the UUID of a row to the row.
	tables map[string]map[string]ovsRow
}

// ovsRow maps a column to its value.
type ovsRow map[string]ovsValue

// ovsValue is any value of a column, RFC 7047, 5.1: a map, a set as a map to nothing, and one atom as a set of one.
type ovsValue map[string]string

func newOVSDatabase() *OVSDatabase {
	d := &OVSDatabase{tables: map[string]map[string]ovsRow{}}
	for _, table := range OVSTables {
		d.tables[table.Name] = map[string]ovsRow{}
	}
	return d
}

// OVSReply reads the result of a transaction that selects from each of OVSTables, in their order, the columns and _uuid.
func OVSReply(result []byte) (*OVSDatabase, error) {
	var answers []struct {
		Rows    []map[string]json.RawMessage `json:"rows"`
		Error   string                       `json:"error"`
		Details string                       `json:"details"`
	}
	if err := json.Unmarshal(result, &answers); err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	d := newOVSDatabase()
	for i, table := range OVSTables {
		if i >= len(answers) {
			return nil, fmt.Errorf("no answer about %s", table.Name)
		}
		if answer := answers[i]; answer.Error != "" {
			return nil, fmt.Errorf("%s: %s", table.Name, strings.TrimSpace(answer.Error+" "+answer.Details))
		}
		for _, columns := range answers[i].Rows {
			id, err := ovsValueOf(columns["_uuid"])
			if err != nil || len(id) != 1 {
				return nil, fmt.Errorf("%s: a row without a uuid", table.Name)
			}
			row := ovsRow{}
			if err := row.take(table, columns, nil); err != nil {
				return nil, err
			}
			d.tables[table.Name][id.one()] = row
		}
	}
	return d, nil
}

// take puts values of columns into the row. combine says what becomes of an old and a new value; nil replaces.
func (r ovsRow) take(table OVSTable, columns map[string]json.RawMessage, combine func(column string, old, change ovsValue) ovsValue) error {
	for _, column := range table.Columns {
		raw, there := columns[column]
		if !there {
			continue
		}
		value, err := ovsValueOf(raw)
		if err != nil {
			return fmt.Errorf("%s: %s: %w", table.Name, column, err)
		}
		if combine != nil {
			value = combine(column, r[column], value)
		}
		r[column] = value
	}
	return nil
}

var (
	errOVSValue   = errors.New("not a value of a database")
	errOVSCluster = errors.New("a clustered database, which a switch does not use")
	errOVSRecord  = errors.New("not a record of a database")
)

// ovsValueOf reads <atom>, ["set", [<atom>…]] or ["map", [[<atom>, <atom>]…]].
func ovsValueOf(raw json.RawMessage) (ovsValue, error) {
	kind, content, tagged := ovsTagged(raw)
	if !tagged || kind == "uuid" || kind == "named-uuid" {
		atom, err := ovsAtom(raw)
		return ovsValue{atom: ""}, err
	}
	out := ovsValue{}
	switch kind {
	case "set":
		var atoms []json.RawMessage
		if json.Unmarshal(content, &atoms) != nil {
			return nil, errOVSValue
		}
		for _, raw := range atoms {
			atom, err := ovsAtom(raw)
			if err != nil {
				return nil, err
			}
			out[atom] = ""
		}
	case "map":
		var pairs [][]json.RawMessage
		if json.Unmarshal(content, &pairs) != nil {
			return nil, errOVSValue
		}
		for _, pair := range pairs {
			if len(pair) != 2 {
				return nil, errOVSValue
			}
			key, err := ovsAtom(pair[0])
			if err != nil {
				return nil, err
			}
			if out[key], err = ovsAtom(pair[1]); err != nil {
				return nil, err
			}
		}
	default:
		return nil, errOVSValue
	}
	return out, nil
}

// ovsTagged takes ["word", content] apart.
func ovsTagged(raw json.RawMessage) (tag string, content json.RawMessage, ok bool) {
	if len(raw) == 0 || raw[0] != '[' {
		return "", nil, false
	}
	var parts []json.RawMessage
	if json.Unmarshal(raw, &parts) != nil || len(parts) != 2 || json.Unmarshal(parts[0], &tag) != nil {
		return "", nil, false
	}
	return tag, parts[1], true
}

// ovsAtom reads a string, a number, a boolean or a UUID as text.
func ovsAtom(raw json.RawMessage) (string, error) {
	kind, content, tagged := ovsTagged(raw)
	switch {
	case tagged && kind != "uuid" && kind != "named-uuid", !tagged && len(raw) == 0:
		return "", errOVSValue
	case tagged:
		raw = content
		if len(raw) == 0 || raw[0] != '"' {
			return "", errOVSValue
		}
	}
	switch raw[0] {
	case '"':
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return "", errOVSValue
		}
		return text, nil
	case 't', 'f', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return string(raw), nil
	}
	return "", errOVSValue
}

// OVSLog replays the file of a standalone database, ovsdb(5) and ovsdb-tool(1): a schema, then transactions of changed
// rows. A record that is damaged ends it, as it does for the server; what stood before is returned with the error.
// The database is nil when not even the schema could be read.
func OVSLog(data []byte) (*OVSDatabase, error) {
	record, rest, err := ovsRecord(data)
	if err != nil {
		return nil, fmt.Errorf("record 0: %w", err)
	}
	composite, err := ovsComposites(record)
	if err != nil {
		return nil, fmt.Errorf("record 0: %w", err)
	}
	d := newOVSDatabase()
	for number := 1; len(rest) > 0; number++ {
		if record, rest, err = ovsRecord(rest); err == nil {
			err = d.replay(record, composite)
		}
		if err != nil {
			return d, fmt.Errorf("record %d: %w; what follows is left out", number, err)
		}
	}
	return d, nil
}

// ovsMagic begins the heading of a record: magic, length and SHA-1 of the record, and a newline.
const ovsMagic = "OVSDB JSON "

// ovsRecord cuts the first record off a log.
func ovsRecord(data []byte) (record, rest []byte, err error) {
	if bytes.HasPrefix(data, []byte("OVSDB CLUSTER ")) {
		return nil, nil, errOVSCluster
	}
	heading, _, found := bytes.Cut(data[:min(len(data), 128)], []byte("\n"))
	words := strings.Fields(strings.TrimPrefix(string(heading), ovsMagic))
	if !found || !bytes.HasPrefix(heading, []byte(ovsMagic)) || len(words) != 2 {
		return nil, nil, errOVSRecord
	}
	length, err := strconv.Atoi(words[0])
	body := data[len(heading)+1:]
	if err != nil || length < 0 || length > len(body) {
		return nil, nil, errors.New("shorter than it says")
	}
	if sum := sha1.Sum(body[:length]); !strings.EqualFold(hex.EncodeToString(sum[:]), words[1]) {
		return nil, nil, errors.New("damaged: its checksum differs")
	}
	return body[:length], body[length:], nil
}

// ovsComposites are the columns of a schema, as table.column, that hold more than one atom.
func ovsComposites(record []byte) (map[string]bool, error) {
	var schema struct {
		Tables map[string]struct {
			Columns map[string]struct {
				Type json.RawMessage `json:"type"`
			} `json:"columns"`
		} `json:"tables"`
	}
	if err := json.Unmarshal(record, &schema); err != nil {
		return nil, err
	}
	if schema.Tables["Open_vSwitch"].Columns == nil {
		return nil, errors.New("not a schema of Open vSwitch")
	}
	out := map[string]bool{}
	for _, table := range OVSTables {
		for _, column := range table.Columns {
			var detailed struct {
				Max any `json:"max"`
			}
			if json.Unmarshal(schema.Tables[table.Name].Columns[column].Type, &detailed) != nil {
				continue // a plain word: one atom
			}
			number, isNumber := detailed.Max.(float64)
			out[table.Name+"."+column] = detailed.Max == "unlimited" || isNumber && number > 1
		}
	}
	return out, nil
}

// replay applies a transaction of a log.
func (d *OVSDatabase) replay(record []byte, composite map[string]bool) error {
	var transaction map[string]json.RawMessage
	if err := json.Unmarshal(record, &transaction); err != nil {
		return err
	}
	isDiff := string(transaction["_is_diff"]) == "true"
	for _, table := range OVSTables {
		changes, there := transaction[table.Name]
		if !there {
			continue
		}
		var rows map[string]map[string]json.RawMessage
		if err := json.Unmarshal(changes, &rows); err != nil {
			return fmt.Errorf("%s: %w", table.Name, err)
		}
		var combine func(string, ovsValue, ovsValue) ovsValue
		if isDiff {
			combine = func(column string, old, change ovsValue) ovsValue {
				if composite[table.Name+"."+column] {
					return ovsDiff(old, change)
				}
				return change
			}
		}
		for id, columns := range rows {
			if columns == nil { // null deletes
				delete(d.tables[table.Name], id)
				continue
			}
			row, known := d.tables[table.Name][id]
			if !known {
				row = ovsRow{}
				d.tables[table.Name][id] = row
			}
			if err := row.take(table, columns, combine); err != nil {
				return err
			}
		}
	}
	return nil
}

// ovsDiff applies the difference of a set or map: what is in both goes, a key with another value gets this value, the
// rest is added.
func ovsDiff(old, change ovsValue) ovsValue {
	if old == nil {
		old = ovsValue{}
	}
	for key, value := range change {
		if was, there := old[key]; there && was == value {
			delete(old, key)
		} else {
			old[key] = value
		}
	}
	return old
}

// one is the atom of a value that has one, else "".
func (v ovsValue) one() string {
	if len(v) == 1 {
		for atom := range v {
			return atom
		}
	}
	return ""
}

// numbers are the atoms that are numbers, sorted.
func (v ovsValue) numbers() []int {
	out := []int{}
	for atom := range v {
		if number, err := strconv.Atoi(atom); err == nil {
			out = append(out, number)
		}
	}
	slices.Sort(out)
	return out
}

// number is the number of a value that has one.
func (v ovsValue) number() *int {
	if numbers := v.numbers(); len(v) == 1 && len(numbers) == 1 {
		return &numbers[0]
	}
	return nil
}

// settings are the pairs of a map through the table of secrets, sorted by key.
func (v ovsValue) settings(filePath, prefix string) []snapshot.Setting {
	out := []snapshot.Setting{}
	for _, key := range slices.Sorted(maps.Keys(v)) {
		fact := seal(ovsdbKind, filePath, property{key: key, value: v[key]})
		out = append(out, snapshot.Setting{Key: prefix + key, Value: fact.Value, Secret: fact.Secret})
	}
	return out
}

// Facts are what the database says. filePath is where the database was found.
func (d *OVSDatabase) Facts(filePath string) snapshot.OVS {
	out := snapshot.OVS{Options: []snapshot.Setting{}, Bridges: []snapshot.OVSBridge{}}
	for _, id := range slices.Sorted(maps.Keys(d.tables["Open_vSwitch"])) { // the schema allows one
		row := d.tables["Open_vSwitch"][id]
		out.Version = cmp.Or(out.Version, row["ovs_version"].one())
		for _, column := range []string{"other_config", "external_ids"} {
			out.Options = append(out.Options, row[column].settings(filePath, column+".")...)
		}
		for _, bridge := range d.claim("Bridge", row["bridges"]) {
			out.Bridges = append(out.Bridges, d.bridge(filePath, bridge))
		}
	}
	slices.SortStableFunc(out.Options, func(a, b snapshot.Setting) int { return cmp.Compare(a.Key, b.Key) })
	slices.SortStableFunc(out.Bridges, func(a, b snapshot.OVSBridge) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// claim takes the rows that a column refers to out of their table, in the order of their names: each belongs to one
// place, and what is referred to twice must not grow the result.
func (d *OVSDatabase) claim(table string, references ovsValue) []ovsRow {
	var out []ovsRow
	for _, id := range slices.Sorted(maps.Keys(references)) {
		if row, there := d.tables[table][id]; there {
			out = append(out, row)
			delete(d.tables[table], id)
		}
	}
	slices.SortStableFunc(out, func(a, b ovsRow) int {
		return cmp.Or(cmp.Compare(a["name"].one(), b["name"].one()), cmp.Compare(a["target"].one(), b["target"].one()))
	})
	return out
}

func (d *OVSDatabase) bridge(filePath string, row ovsRow) snapshot.OVSBridge {
	out := snapshot.OVSBridge{
		Name: row["name"].one(), Ports: []string{}, Controllers: []string{}, PortDetails: []snapshot.OVSPort{},
		Datapath: cmp.Or(row["datapath_type"].one(), "system"), FailMode: row["fail_mode"].one(),
		STP: row["stp_enable"].one() == "true", RSTP: row["rstp_enable"].one() == "true",
		Options: row["other_config"].settings(filePath, ""),
	}
	for _, controller := range d.claim("Controller", row["controller"]) {
		clean, _ := splitURL(controller["target"].one())
		out.Controllers = append(out.Controllers, clean)
	}
	for _, port := range d.claim("Port", row["ports"]) {
		details := snapshot.OVSPort{
			Name: port["name"].one(), Tag: port["tag"].number(), Trunks: port["trunks"].numbers(),
			VLANMode: port["vlan_mode"].one(), BondMode: port["bond_mode"].one(), LACP: port["lacp"].one(),
			Options: port["other_config"].settings(filePath, ""), Interfaces: []snapshot.OVSInterface{},
		}
		for _, i := range d.claim("Interface", port["interfaces"]) {
			found := snapshot.OVSInterface{
				Name: i["name"].one(), Type: cmp.Or(i["type"].one(), "system"), Options: i["options"].settings(filePath, ""),
			}
			if mtu := i["mtu_request"].number(); mtu != nil {
				found.MTU = *mtu
			}
			details.Interfaces = append(details.Interfaces, found)
		}
		out.Ports = append(out.Ports, details.Name)
		out.PortDetails = append(out.PortDetails, details)
	}
	return out
}
