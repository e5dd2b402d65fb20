package introspect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// ovsSocket is where the database server of Open vSwitch listens.
	ovsSocket = "/run/openvswitch/db.sock"
	// ovsTimeout bounds the whole conversation: the server answers from memory.
	ovsTimeout = 5 * time.Second
	// maxOVSReply bounds what the server may say. A port takes about 300 bytes.
	maxOVSReply = 16 << 20
)

// ovsDatabases are the places of the database's file, Debian's first.
var ovsDatabases = []string{"/etc/openvswitch/conf.db", "/var/lib/openvswitch/conf.db"}

// errNoOVSDB is the problem of a host that has Open vSwitch, or may have it, and no database of it.
var errNoOVSDB = errors.New("no database of Open vSwitch is there; what is configured is in the interfaces")

// collectOVS takes what the database of Open vSwitch holds: from its server, or from its file.
func collectOVS(c *capture) {
	a := c.area("network.ovs", sourceFile)
	if c.host.Live() && c.exists(ovsSocket) {
		database, err := askOVS(c.ctx, c.host)
		c.log.Debug("database", "socket", ovsSocket, "error", err)
		if err == nil {
			a.Source = sourceOVSDB
			c.out.Network.OVS = database.Facts(ovsSocket)
			return
		}
		a.problem(ovsSocket, err)
	}
	for _, file := range ovsDatabases {
		data, ok := a.may(file)
		if !ok {
			continue
		}
		database, err := formats.OVSLog(data)
		if database == nil {
			a.unknown(file, err)
			return
		}
		a.parsed(file, err)
		c.out.Network.OVS = database.Facts(file)
		return
	}
	if a.Status != statusKnown || mayHaveOVS(c) {
		a.unknown(ovsDatabases[0], errNoOVSDB)
	}
}

// mayHaveOVS is false only for a host that certainly has no Open vSwitch.
func mayHaveOVS(c *capture) bool {
	return c.captured("packages").Status == statusUnknown || c.areas["network.interfaces"].Status == statusUnknown ||
		slices.ContainsFunc(c.out.Network.Interfaces, func(i snapshot.Interface) bool { return strings.HasPrefix(i.Kind, "ovs-") }) ||
		slices.ContainsFunc(c.out.Packages, func(p snapshot.Package) bool {
			return p.Name == "openvswitch-switch" && p.Status != "config-files"
		})
}

// askOVS asks the database server for all rows, with one read-only transaction (RFC 7047).
func askOVS(ctx context.Context, host Host) (*formats.OVSDatabase, error) {
	ctx, cancel := context.WithTimeout(ctx, ovsTimeout)
	defer cancel()
	conn, err := host.Dial(ctx, ovsSocket)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	// Closing is what ends a read or write that waits.
	defer context.AfterFunc(ctx, func() { conn.Close() })()

	request, err := json.Marshal(map[string]any{"method": "transact", "params": ovsTransaction(), "id": ovsRequest})
	if err != nil {
		return nil, err
	}
	if _, err = conn.Write(request); err == nil {
		var result json.RawMessage
		if result, err = ovsAnswer(conn); err == nil {
			return formats.OVSReply(result)
		}
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("no answer within %s", ovsTimeout)
	}
	return nil, err
}

// ovsRequest is the id of the only request that is made.
const ovsRequest = 1

// ovsTransaction selects all rows of the tables that facts are made of.
func ovsTransaction() []any {
	params := []any{"Open_vSwitch"}
	for _, table := range formats.OVSTables {
		params = append(params, map[string]any{
			"op": "select", "table": table.Name, "where": []any{}, "columns": append([]string{"_uuid"}, table.Columns...),
		})
	}
	return params
}

// ovsAnswer reads messages until the answer to ovsRequest. The server may ask meanwhile whether anyone is there, and
// closes the connection only much later than ovsTimeout.
func ovsAnswer(from io.Reader) (json.RawMessage, error) {
	limited := &io.LimitedReader{R: from, N: maxOVSReply}
	decoder := json.NewDecoder(limited)
	for {
		var message struct {
			ID     json.RawMessage `json:"id"`
			Method string          `json:"method"`
			Result json.RawMessage `json:"result"`
			Error  json.RawMessage `json:"error"`
		}
		switch err := decoder.Decode(&message); {
		case err != nil && limited.N <= 0:
			return nil, fmt.Errorf("says more than %d bytes", maxOVSReply)
		case err != nil:
			return nil, fmt.Errorf("answer: %w", err)
		case message.Method != "" || string(message.ID) != fmt.Sprint(ovsRequest):
		case len(message.Error) > 0 && string(message.Error) != "null":
			return nil, fmt.Errorf("refused: %s", strings.ToValidUTF8(string(message.Error[:min(len(message.Error), 200)]), ""))
		default:
			return message.Result, nil
		}
	}
}
